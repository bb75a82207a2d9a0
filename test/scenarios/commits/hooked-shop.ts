import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { run } from '../../../src/process/run.ts';
import { APP_SCHEMA, sqlcYaml, USER_QUERIES } from '../query-shop.ts';
import { CLI, emptyShop, expectExit, type Shop, toolModules } from '../shop.ts';

const PROJECT = resolve(import.meta.dirname, '../../..');

export const USERS = 'queries/users.sql';
export const USERS_CODE = 'store/users.sql.go';
export const POSTS = 'queries/posts.sql';
export const POSTS_CODE = 'store/posts.sql.go';
export const STOCK = 'tools/atlas/schemas/postgres/stock.hcl';
export const STOCK_BASELINE = 'tools/atlas/migrations/postgres/stock/00000000000000_initial_schema.sql';
export const STOCK_SUM = 'tools/atlas/migrations/postgres/stock/atlas.sum';
export const CONFIG = 'dbcheck.config.yaml';
/** All that it has committed, in git's order. */
export const SHOP_FILES = [
  ...['.gitignore', '.husky/pre-commit', '.husky/pre-merge-commit', 'db/app.sql', 'package.json'],
  ...[POSTS, USERS, 'store/db.go', 'store/models.go', POSTS_CODE, USERS_CODE],
  ...['tools/atlas/go.mod', 'tools/atlas/go.sum', STOCK_BASELINE, STOCK_SUM, STOCK],
  ...['tools/sqlc/go.mod', 'tools/sqlc/go.sum', 'tools/sqlc/sqlc_postgres.yml'],
];
export const STOCK_HCL = `schema "public" {
}

table "items" {
  schema = schema.public
  column "id" {
    type = bigint
  }
  column "name" {
    type = text
  }
  primary_key {
    columns = [column.id]
  }
}
`;

const MANIFEST = {
  private: true,
  devDependencies: { dbcheck: '*', husky: '*', 'lint-staged': '*' },
  'lint-staged': { 'tools/atlas/schemas/**/*.hcl': 'dbcheck fmt' },
};

/** Does what `npm ci` does in a work tree whose package.json asks for the hook chain. */
export async function install(shop: Shop, folder = shop.root): Promise<void> {
  const bin = join(folder, 'node_modules/.bin');
  await mkdir(bin, { recursive: true });
  const programs = { husky: 'husky/bin.js', 'lint-staged': 'lint-staged/bin/lint-staged.js' };
  for (const [name, file] of Object.entries(programs))
    await symlink(join(PROJECT, 'node_modules', file), join(bin, name)).catch(ignoreExisting);
  await symlink(CLI, join(bin, 'dbcheck')).catch(ignoreExisting);
  const husky = join(PROJECT, 'node_modules/husky/bin.js');
  const { exitCode, stderr } = await run(process.execPath, [husky], { cwd: folder, env: shop.env });
  if (exitCode !== 0) throw new Error(`husky exited with ${exitCode}: ${stderr}`);
}

function ignoreExisting(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
}

export async function hookedShop(): Promise<Shop> {
  const shop = await emptyShop();
  await shop.write({
    ...(await toolModules()),
    '.gitignore': 'node_modules/\n',
    'tools/sqlc/sqlc_postgres.yml': sqlcYaml({
      schema: '../../db/app.sql',
      queries: '../../queries',
      out: '../../store',
    }),
    'db/app.sql': APP_SCHEMA,
    'queries/users.sql': USER_QUERIES,
    'queries/posts.sql':
      '-- name: ListPosts :many\nSELECT id, title FROM posts WHERE user_id = $1 ORDER BY id;\n',
    [STOCK]: STOCK_HCL,
    'package.json': `${JSON.stringify(MANIFEST, null, 2)}\n`,
  });
  await install(shop);
  await shop.git('add', '--all');
  expectExit(await shop.dbcheck(['fix', '--stage']), 0);
  expectExit(await shop.dbcheck(['init', '--lint-staged']), 0);
  await shop.git('add', '--all');
  await shop.git('commit', '--quiet', '-m', 'Start the shop');
  return shop;
}

/**
 * Commits a configuration whose Atlas or sqlc is a script outside of the repository, which ends in the pinned one.
 *
 * @param lines of a POSIX shell, which see the tool's own arguments
 */
export async function withTool(shop: Shop, name: 'atlas' | 'sqlc', lines: string): Promise<void> {
  const { stdout } = expectExit(await shop.dbcheck(['tools', '--format', 'json']), 0);
  const { tools }: { tools: readonly { name: string; path: string }[] } = JSON.parse(stdout);
  const path = tools.find((tool) => tool.name === name)?.path;
  const program = join(shop.root, `../${name}-with-a-script`);
  await writeFile(program, `#!/bin/sh\n${lines}\nexec '${path}' "$@"\n`, { mode: 0o755 });
  await shop.write({ [CONFIG]: `tools: {${name}: {command: ${program}}}\n` });
  await shop.git('add', '--all');
  expectExit(await shop.dbcheck(['init']), 0);
  await shop.commit();
}

/** Commits other tasks of lint-staged. */
export async function withTasks(
  shop: Shop,
  tasks: Readonly<Record<string, string | readonly string[]>>,
): Promise<void> {
  await shop.commit({
    'package.json': `${JSON.stringify({ ...MANIFEST, 'lint-staged': tasks }, null, 2)}\n`,
  });
}
