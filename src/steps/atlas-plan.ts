import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dialect } from '../dialects/dialect.ts';
import { CheckError, type Place } from '../errors.ts';
import { runBriefly } from '../process/run-briefly.ts';
import type { Tool } from '../process/tool.ts';
import { atlasProblems } from './atlas-errors.ts';
import { atlasSum } from './atlas-sum.ts';
import type { BaselineStyle } from './baseline-style.ts';
import { formatError, isFormatError } from './format-errors.ts';
import type { ServerWords } from './server-words.ts';
import type { SourceProblem, StepResult, Workspace } from './step-result.ts';
import { inFixedOrder } from './table-order.ts';
import { unreachableServer } from './unreachable-server.ts';

export interface PlanInput {
  /** The HCL files in the order of their paths, which Atlas keeps for enums, as the server can plan them. */
  readonly words: ServerWords;
  readonly migrationsDir: string;
  /** The baseline's file name: the name is hashed into `atlas.sum`, so it is given, not made from the clock. */
  readonly baseline: string;
  readonly style: BaselineStyle;
  /** Where the configuration has the style's format; left out where nobody wrote it. */
  readonly formatPlace?: Place | undefined;
  /** An empty database, as Atlas writes it. */
  readonly devUrl: string;
  readonly dialect: Dialect;
  readonly atlas: Pick<Tool, 'path' | 'version'>;
  readonly workspace: Workspace;
}

/**
 * The step `plan`: the one migration that makes the whole schema, and its `atlas.sum`.
 *
 * `migrate diff` against an empty folder is used, since `schema inspect` of the HCL writes other bytes where the
 * dev URL names no schema. A schema without any object has no migration: the outputs are empty then.
 *
 * @throws CheckError `devdb-unreachable` where Atlas finds no server, `atlas-failed` where it fails for another reason than the schema, `stand-in-unsupported`
 * where the server stands in for the dialect's own and refuses the schema itself, `format-invalid` where Atlas can't
 * write by the configuration's format
 */
export async function planMigration(input: PlanInput): Promise<StepResult> {
  const { workspace } = input;
  const schema = join(workspace.dir, 'schema');
  const migrations = join(workspace.dir, 'migrations');
  await Promise.all([mkdir(schema), mkdir(migrations)]);
  await Promise.all(
    input.words.sources.map((source, index) =>
      writeFile(join(schema, `${String(index).padStart(4, '0')}.hcl`), source.bytes),
    ),
  );
  const args = [
    ...['migrate', 'diff', 'baseline', '--dir', 'file://migrations', '--to', 'file://schema'],
    ...['--dev-url', input.devUrl, '--format', input.style.format],
  ];
  const result = await runBriefly(input.atlas.path, args, {
    cwd: workspace.dir,
    env: workspace.env,
    signal: workspace.signal,
  });
  if (result.exitCode !== 0) {
    if (isFormatError(result.stderr)) throw formatError(input, result.stderr);
    const unreachable = unreachableServer(result.stderr, input.devUrl, input.dialect.name);
    if (unreachable !== null) throw unreachable;
    return { kind: 'refused', problems: await problemsOf(result.stderr, input.words) };
  }

  const written = (await readdir(migrations)).filter((name) => name.endsWith('.sql'));
  const [file, ...others] = written;
  if (others.length > 0) {
    throw new CheckError(
      'atlas-failed',
      `Atlas planned ${written.length} migrations where one was asked for`,
      { hint: 'see which program that is: dbcheck tools' },
    );
  }
  if (file === undefined) {
    if (!/synced/.test(result.stdout.toString())) {
      throw new CheckError(
        'atlas-failed',
        `Atlas ended well but planned nothing\n${result.stderr}`.trimEnd(),
        { hint: 'see which program that is: dbcheck tools' },
      );
    }
    return { kind: 'made', outputs: new Map() };
  }
  const planned = await inFixedOrder(await readFile(join(migrations, file), 'utf8'), input);
  const bytes = Buffer.from(input.words.fromServer(planned));
  return {
    kind: 'made',
    outputs: new Map([
      [`${input.migrationsDir}/${input.baseline}`, bytes],
      [`${input.migrationsDir}/atlas.sum`, atlasSum(new Map([[input.baseline, bytes]]))],
    ]),
  };
}

/** How Go's MySQL driver shows what a server says. */
const SERVER_ERROR = /\bError \d{4}(?: \(\w{5}\))?: /;

async function problemsOf(stderr: string, words: ServerWords): Promise<readonly SourceProblem[]> {
  const problems = (await atlasProblems(stderr, words.sources)).map((problem): SourceProblem => {
    const { path, line, column } = problem;
    if (line === null) return problem;
    return { ...problem, ...words.originalPosition(path, { line, column: column ?? 1 }) };
  });
  const ofServer = problems.find(({ message }) => words.through !== null && SERVER_ERROR.test(message));
  if (ofServer === undefined) return problems;
  // Whether the dialect's own server would refuse it as well, nobody here can know.
  const { path, line, column, message } = ofServer;
  throw new CheckError(
    'stand-in-unsupported',
    `${words.through} stands in for the schema's own server, and refuses the schema\n${message}`,
    {
      place: { path, line: line ?? undefined, column: column ?? undefined },
      hint: 'correct the schema, or set devDatabase to a server of its own kind',
    },
  );
}
