import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { basename, delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the demo begins with: one dialect, for which a private Postgres is enough. */
const EXAMPLE = [
  'tools/atlas/go.mod',
  'tools/atlas/go.sum',
  'tools/atlas/schemas/postgres',
  'tools/atlas/migrations/postgres',
  'tools/sqlc/go.mod',
  'tools/sqlc/go.sum',
  'tools/sqlc/sqlc_postgres.yml',
  'tools/sqlc/queries/postgres',
  'tools/sqlc/schemas/postgres',
  'tools/store/go.mod',
  'tools/store/go.sum',
  'tools/store/postgres',
];
/** What people write for each dialect that comes in later, less the webhooks, whose queries the demo drops. */
const SOURCES = {
  mysql: ['tools/atlas/schemas/mysql', 'tools/sqlc/queries/mysql', 'tools/sqlc/sqlc_mysql.yml'],
  sqlite: ['tools/sqlc/queries/sqlite', 'tools/sqlc/sqlc_sqlite.yml'],
};
const DROPPED = 'webhooks.sql';

export type OtherDialect = keyof typeof SOURCES;

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
/** Variables that would lead git, npm, husky or a test runner out of the scratch repository. */
const FOREIGN = /^(GIT_|npm_|HUSKY|VITEST|INIT_CWD$|NODE_OPTIONS$|NODE_ENV$|NO_COLOR$|FORCE_COLOR$)/;

/** Fills a folder with the example, as a project that has dbcheck and husky installed. */
export async function writeExample(root: string): Promise<void> {
  for (const path of EXAMPLE) await cp(join(PROJECT, path), join(root, path), { recursive: true });
  const manifest = {
    name: 'example',
    private: true,
    scripts: { prepare: 'husky' },
    devDependencies: { dbcheck: await ownVersion(), husky: '*' },
  };
  await writeFile(join(root, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await writeFile(join(root, '.gitignore'), 'node_modules/\n');
  await writeFile(join(root, 'README.md'), '# Example\n');
  await mkdir(join(root, 'node_modules/.bin'), { recursive: true });
  await symlink(PROJECT, join(root, 'node_modules/dbcheck'));
  await symlink(join(PROJECT, 'node_modules/husky'), join(root, 'node_modules/husky'));
  await symlink('../dbcheck/dist/cli.js', join(root, 'node_modules/.bin/dbcheck'));
  await symlink('../husky/bin.js', join(root, 'node_modules/.bin/husky'));
}

/** Adds the sources of other dialects, without anything that is made from them. */
export async function writeDialects(root: string, dialects: readonly OtherDialect[]): Promise<void> {
  for (const path of dialects.flatMap((dialect) => SOURCES[dialect])) {
    const filter = (source: string) => basename(source) !== DROPPED;
    await cp(join(PROJECT, path), join(root, path), { recursive: true, filter });
  }
}

/** The environment of somebody who works in that folder: the machine's own, less its git settings. */
export function exampleEnvironment(root: string, color: boolean): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  const author = { NAME: 'Ada', EMAIL: 'ada@example.com' };
  return {
    ...Object.fromEntries(kept),
    PATH: [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: author.NAME,
    GIT_AUTHOR_EMAIL: author.EMAIL,
    GIT_COMMITTER_NAME: author.NAME,
    GIT_COMMITTER_EMAIL: author.EMAIL,
    ...(color ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
  };
}

async function ownVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '*';
}
