import { posix } from 'node:path';
import type { z } from 'zod';
import { CheckError } from '../errors.ts';
import { displayPath } from '../git/path-bytes.ts';
import type { ConfigDocument } from './config-document.ts';
import type { ConfigFiles } from './config-files.ts';
import { readConfigPath } from './config-path.ts';
import { type ProblemKind, problemsError } from './config-problem.ts';
import { findConfig, isPackageFile, namedConfig, PACKAGE_KEY } from './find-config.ts';
import type { DefinitionContext } from './machine-definition.ts';
import type { Project } from './project.ts';
import { resolveProject } from './resolve-project.ts';
import { stageCommand } from './stage-command.ts';

export type { ConfigFiles } from './config-files.ts';

export interface LoadOptions {
  /** The folder that a person stands in, relative to the git root, '' for the root. */
  readonly cwdPrefix: string;
  /** The value of `--config`, relative to that folder; null where there is none. */
  readonly explicit: string | null;
  /** What `${NAME}` in `tools` and `devDatabase` is looked up in. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Finds, reads and checks a project's configuration, and fills in every default.
 *
 * @throws CheckError `config-invalid` with all problems of a file, each at its line and column;
 * `config-name` for a path that no configuration can have; `config-missing`, `config-ambiguous` or `config-not-in-snapshot` where there isn't just the one that is asked for
 */
export async function loadProject(files: ConfigFiles, options: LoadOptions): Promise<Project> {
  const { dir, file } =
    options.explicit === null
      ? await findConfig(files, options.cwdPrefix)
      : await namedConfig(files, await explicitPath(files, options.explicit, options.cwdPrefix));
  const context = { projectDir: dir, env: options.env };
  const localFile = dir === '' ? 'dbcheck.local.yaml' : `${dir}/dbcheck.local.yaml`;
  const localBytes = await files.onDisk(localFile);
  const written = file === null ? null : await readConfig(file, await files.read(file), context);
  const local = localBytes === null ? null : await readLocal(localFile, localBytes, context);
  return resolveProject({
    dir,
    config: written?.value ?? {},
    document: written?.document ?? null,
    local: local?.value ?? {},
    localDocument: local?.document ?? null,
    env: options.env,
  });
}

async function explicitPath(files: ConfigFiles, explicit: string, cwdPrefix: string): Promise<string> {
  const read = readConfigPath(explicit, cwdPrefix.replace(/\/$/, ''));
  if (read.kind === 'valid') return [...read.base, ...read.rest].join('/');
  const named = `--config ${displayPath(explicit)}`;
  // What a path is relative to differs from that of paths in a configuration.
  const [problem] = read.problem.split(';');
  const literal = posix.join(cwdPrefix, explicit);
  const isOddlyNamed = /[\\\p{Cc}\p{Surrogate}]/u.test(explicit);
  if (isOddlyNamed && (files.has(literal) || (await files.onDisk(literal)) !== null)) {
    throw new CheckError('config-name', `\`${named}\` is there, but its path ${problem}`, {
      place: { path: literal },
      hint: 'no configuration can have such a path: rename the folder or the file with git mv',
    });
  }
  throw new CheckError('config-missing', `\`${named}\` ${problem}`, {
    hint: 'give the path of a file that git knows, relative to the current folder',
  });
}

async function readConfig(path: string, bytes: Buffer, context: DefinitionContext) {
  const { configDefinition } = await import('./definition.ts');
  const kind = { code: 'config-invalid', hint: `correct the file, then run: ${stageCommand(path)}` };
  const under = isPackageFile(path) ? PACKAGE_KEY : undefined;
  return readChecked(path, bytes, configDefinition(context), { ...kind, under });
}

async function readLocal(path: string, bytes: Buffer, context: DefinitionContext) {
  const { localDefinition } = await import('./machine-definition.ts');
  const hint = `correct the file: only \`tools\` and \`devDatabase\` may stand in it`;
  return readChecked(path, bytes, localDefinition(context), { code: 'config-invalid', hint });
}

/** A file whose content is known to fit its definition. */
interface CheckedFile<T> {
  readonly value: T;
  readonly document: ConfigDocument;
}

async function readChecked<T extends z.ZodType>(
  path: string,
  bytes: Buffer,
  definition: T,
  options: ProblemKind & { readonly under?: string | undefined },
): Promise<CheckedFile<z.infer<T>>> {
  const { readConfigDocument } = await import('./config-document.ts');
  const document = readConfigDocument(path, bytes, { ...options, strict: true });
  if (document.value === null && options.under === undefined) {
    const text = 'the file is empty; give at least one key, or delete it to use the defaults';
    throw problemsError([{ place: { path, line: 1, column: 1 }, text }], options);
  }
  const result = definition.safeParse(document.value);
  if (result.success) {
    return { value: result.data, document };
  }
  const { issueProblems } = await import('./issue-text.ts');
  throw problemsError(issueProblems(result.error.issues, document, definition), options);
}
