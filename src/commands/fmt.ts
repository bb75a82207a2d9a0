import { lstat, readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { CheckError } from '../errors.ts';
import { formatHcl, type HclFormat } from '../format/hcl-format.ts';
import { decodePath, displayPath, encodePath } from '../git/path-bytes.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { readIndex, readWorktree } from '../git/snapshot.ts';
import { writeFiles } from '../git/worktree-write.ts';
import { findTargets } from '../plan/targets.ts';
import type { CommandResult, CommonOptions } from './options.ts';
import { readProject } from './read-project.ts';
import { createToolbox } from './toolbox.ts';

export interface FmtOptions {
  /** List what is not formatted, and write nothing. */
  readonly check: boolean;
  /** Paths as given, relative to the current folder; empty for every schema of the project. */
  readonly files: readonly string[];
}

/**
 * `dbcheck fmt`: formats HCL files in place. A file that is not HCL is refused and stays as it is.
 *
 * @throws CheckError `no-such-file` for a given path that is no HCL file on disk; `no-target` where there is no schema
 */
export async function fmt(options: CommonOptions, fmtOptions: FmtOptions): Promise<CommandResult> {
  const repo = await openRepository({ cwd: options.cwd, env: options.env });
  const snapshot = await readIndex(repo);
  const { project } = await readProject(repo, snapshot, options);
  const schemas = async (): Promise<readonly string[]> => {
    const paths = [...(await readWorktree(repo)).entries.keys()];
    const found = findTargets(project, paths, paths).flatMap(({ schemaFiles }) => schemaFiles);
    if (found.length > 0) return found;
    throw new CheckError(
      'no-target',
      `There is nothing to format: no schema matches ${project.schemas.source}`,
    );
  };
  const paths =
    fmtOptions.files.length === 0 ? await schemas() : await givenPaths(repo, options.cwd, fmtOptions.files);
  const files = new Map(
    await Promise.all(paths.map(async (path) => [path, await readFile(absolute(repo, path))] as const)),
  );
  const toolbox = createToolbox({ repo, project, snapshot, options, mayBuild: options.interactive });
  try {
    const [atlas, scratch] = await Promise.all([toolbox.tool('atlas'), toolbox.scratch()]);
    const formatted = await formatHcl(files, {
      atlas: atlas.path,
      scratchDir: await scratch.folder('format'),
    });
    const changed = [...formatted].flatMap(([path, result]) =>
      result.kind === 'formatted' && result.changed ? [{ path, bytes: result.bytes }] : [],
    );
    if (!fmtOptions.check)
      await writeFiles(
        repo,
        changed.map(({ path, bytes }) => ({ kind: 'write', path, bytes })),
      );
    return answer(
      formatted,
      changed.map(({ path }) => path),
      fmtOptions.check,
    );
  } finally {
    await toolbox.close();
  }
}

function answer(
  formatted: ReadonlyMap<string, HclFormat>,
  changed: readonly string[],
  check: boolean,
): CommandResult {
  const refused = [...formatted].flatMap(([path, result]) =>
    result.kind === 'invalid'
      ? [`${displayPath(path)}:${result.line}:${result.column}: ${result.message}`]
      : [],
  );
  const listed = changed.map(displayPath);
  const failed = refused.length > 0 || (check && changed.length > 0);
  // lint-staged shows "failed to spawn" for a task that fails without a word.
  const words = [...refused, ...(check && changed.length > 0 ? ['not formatted; dbcheck fmt formats:'] : [])];
  return {
    exitCode: failed ? 1 : 0,
    stdout: listed.map((line) => `${line}\n`).join(''),
    stderr: words.map((line) => `${line}\n`).join(''),
  };
}

async function givenPaths(
  repo: Repository,
  cwd: string,
  files: readonly string[],
): Promise<readonly string[]> {
  return Promise.all(
    files.map(async (file) => {
      const path = decodePath(Buffer.from(relative(repo.root, resolve(cwd, file))));
      const found = await lstat(resolve(cwd, file)).catch(() => null);
      if (found?.isFile() === true && path.endsWith('.hcl') && !path.startsWith('..')) return path;
      throw new CheckError('no-such-file', `${file} is no HCL file of this repository`, {
        hint: file.includes('\ufffd')
          ? 'a name that is not UTF-8 can’t be given to a program: rename the file'
          : 'give files that end in .hcl, or none for every schema of the project',
      });
    }),
  );
}

function absolute(repo: Repository, path: string): Buffer {
  return Buffer.concat([Buffer.from(`${repo.root}/`), encodePath(path)]);
}
