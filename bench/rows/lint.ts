import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execute, interleave, median } from '../paired.ts';
import { type Outcome, type Row, ratio } from '../row.ts';
import { type Bench, emptyRepository, exampleRepository, PROJECT, type Repository } from '../setting.ts';
import { bareNode } from './startup.ts';

const TABLES = 300;
const QUERIES = 1000;
const FILES = [
  ...['keygen', 'sign', 'watch'].map((name) => `tools/atlas/schemas/postgres/${name}.hcl`),
  ...['blocks', 'chains', 'customers', 'policies', 'quotas', 'seeds', 'wallets'].map(
    (name) => `tools/sqlc/queries/postgres/${name}.sql`,
  ),
];

export const lintRows: readonly Row[] = [
  {
    id: 'lint-staged-files',
    what: `\`dbcheck lint\` of ${FILES.length} staged files that were linted before`,
    against: '`node -e 0`',
    ...{ limit: 3, unit: 'x', runs: 20 },
    async measure(bench, runs) {
      const repository = await exampleRepository(bench, 'lint-files');
      const absent = withoutLint(repository);
      if (absent !== null) return absent;
      const texts = await Promise.all(FILES.map((path) => repository.read(path)));
      const stage = async (change: string): Promise<void> => {
        for (const [index, path] of FILES.entries()) {
          const comment = path.endsWith('.hcl') ? '#' : '--';
          await repository.write(path, `${texts[index]}${comment} ${change}\n`);
        }
        repository.git('add', '--all');
      };
      const command = anyVerdict(repository.dbcheck(['lint', ...FILES]));
      const prepare = (round: number) => stage(`round ${round}`);
      // As at a commit after an edit: what was not edited is known from an earlier run.
      const edited = { prepare, command };
      // As at a commit after a lint of the same. The order of the arms changes from round to round, so that this one stages too.
      const known = {
        prepare: async (round: number) => {
          await stage(`round ${round}, known`);
          execute(command);
        },
        command,
      };
      const theirs = { command: bareNode(repository) };
      const samples = await interleave({ ours: known, edited, theirs }, runs);
      const node = median(samples.theirs);
      const note = `${(median(samples.edited) / node).toFixed(1)} × where all of them were edited since`;
      return ratio(median(samples.ours), node, runs, note);
    },
  },
  {
    id: 'lint-large',
    what: `\`dbcheck lint\` of ${TABLES} tables and ${QUERIES} queries, nothing of them known`,
    against: 'the bare parsing of the same',
    ...{ limit: 2, unit: 'x', runs: 9 },
    async measure(bench, runs) {
      const repository = await largeRepository(bench);
      const absent = withoutLint(repository);
      if (absent !== null) return absent;
      const parse = {
        ...{ file: process.execPath, cwd: repository.root, env: repository.env, exitCode: 0 },
        args: [join(PROJECT, 'bench/bare-parsing.mjs'), HCL, ...queryFiles()],
      };
      const ours = anyVerdict(repository.dbcheck(['lint']));
      const forget = () => {
        execute(repository.dbcheck(['cache', 'clear']));
      };
      const samples = await interleave(
        { ours: { prepare: forget, command: ours }, theirs: { command: parse } },
        runs,
      );
      return ratio(median(samples.ours), median(samples.theirs), runs);
    },
  },
];

const HCL = 'tools/atlas/schemas/postgres/large.hcl';

/** Rules may have something to say of the files or not: what counts is that they were read to the end. */
function anyVerdict(command: ReturnType<Repository['dbcheck']>): ReturnType<Repository['dbcheck']> {
  try {
    execute(command);
    return command;
  } catch {
    const refused = { ...command, exitCode: 1 };
    execute(refused);
    return refused;
  }
}

function withoutLint(repository: Repository): Outcome | null {
  const help = execute(repository.dbcheck(['--help']));
  return /^ {2}lint\b/m.test(help) ? null : { kind: 'absent', why: '`dbcheck lint` does not exist yet' };
}

function queryFiles(): readonly string[] {
  return Array.from({ length: TABLES }, (_, table) => `tools/sqlc/queries/postgres/t${table}.sql`);
}

async function largeRepository(bench: Bench): Promise<Repository> {
  const repository = await emptyRepository(bench, 'lint-large');
  const tables = Array.from({ length: TABLES }, (_, index) => table(`t${index}`));
  await repository.write(HCL, `schema "public" {\n}\n${tables.join('')}`);
  for (const [index, path] of queryFiles().entries()) {
    const count = Math.floor(QUERIES / TABLES) + (index < QUERIES % TABLES ? 1 : 0);
    const queries = Array.from({ length: count }, (_, number) => query(`t${index}`, number));
    await repository.write(path, queries.join('\n'));
  }
  await repository.write(
    'tools/sqlc/sqlc_postgres.yml',
    'version: "2"\nsql:\n  - engine: postgresql\n    schema: schemas/postgres/large.sql\n    queries: queries/postgres\n    gen:\n      go:\n        package: large\n        out: ../store\n',
  );
  for (const pin of ['tools/atlas/go.mod', 'tools/atlas/go.sum']) {
    await repository.write(pin, await readFile(join(PROJECT, pin), 'utf8'));
  }
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--message', 'Start');
  return repository;
}

function table(name: string): string {
  const columns = ['name', 'city', 'note', 'code'].map(
    (column) => `  column "${column}" {\n    null = false\n    type = varchar(64)\n  }\n`,
  );
  return `\ntable "${name}" {\n  schema = schema.public\n  column "id" {\n    null = false\n    type = bigint\n  }\n${columns.join('')}  primary_key {\n    columns = [column.id]\n  }\n}\n`;
}

function query(name: string, number: number): string {
  return `-- name: List${name.toUpperCase()}By${number} :many\nSELECT id, name, city FROM ${name} WHERE code = $1 AND id > $2 ORDER BY id LIMIT ${number + 10};\n`;
}
