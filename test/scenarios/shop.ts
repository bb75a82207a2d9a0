import { cp, mkdir, readFile, symlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunResult } from '../../src/process/run.ts';
import { run } from '../../src/process/run.ts';
import { withoutProgress } from '../support/progress-lines.ts';
import { createRepository, type Files, type TestRepository } from '../support/repository.ts';

const PROJECT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
/** The built dbcheck; another build can be named, so that two people don't test each other's. */
export const CLI = process.env['DBCHECK_TEST_CLI'] ?? join(PROJECT, 'dist/cli.js');

/** Two small databases, `orders` and `stock`, that share a table and an enum, and one sqlc package over both. */
export interface Shop extends TestRepository {
  /** Runs the built dbcheck in it, as a person at a prompt would. */
  dbcheck(
    args: readonly string[],
    call?: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> },
  ): Promise<Answer>;
  /** A real `git commit`, with the hooks. */
  commitStaged(...args: string[]): Promise<RunResult>;
  /** What `dbcheck staged --format json` says. */
  staged(): Promise<Report>;
}

export interface Answer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Report {
  readonly outcome: 'clean' | 'findings' | 'error';
  readonly checked: readonly { target: string; steps: string[]; outputs: number }[];
  readonly notChecked: readonly { target: string; reason: string }[];
  readonly diagnostics: readonly {
    id: string;
    rule: string;
    severity: string;
    message: string;
    target: string;
    location: { path: string; line: number | null; column: number | null };
    because: string;
    folded: boolean;
    diff: string | null;
    fix: string | null;
  }[];
  readonly errors: readonly {
    code: string;
    message: string;
    hint: string | null;
    location: { path: string; line: number | null; column: number | null } | null;
  }[];
}

const REGIONS = `
enum "region_kind" {
  schema = schema.public
  values = ["home", "abroad"]
}

table "regions" {
  schema = schema.public
  column "id" {
    type = bigint
    identity {
      generated = ALWAYS
    }
  }
  column "kind" {
    type = enum.region_kind
  }
  column "code" {
    type = varchar(8)
  }
  primary_key {
    columns = [column.id]
  }
  index "idx_regions_code" {
    unique  = true
    columns = [column.code]
    comment = "one row a code"
  }
}
`;

export const ORDERS_HCL = `schema "public" {
}

table "orders" {
  schema = schema.public
  column "id" {
    type = bigint
    identity {
      generated = ALWAYS
    }
  }
  column "status" {
    type = varchar(16)
  }
  column "region_id" {
    type = bigint
  }
  column "placed_at" {
    type    = timestamptz
    default = sql("now()")
  }
  primary_key {
    columns = [column.id]
  }
  foreign_key "fk_orders_regions" {
    columns     = [column.region_id]
    ref_columns = [table.regions.column.id]
    on_delete   = RESTRICT
  }
  index "idx_orders_region_id" {
    columns = [column.region_id]
  }
  check "chk_orders_status" {
    expr = "status IN ('open', 'paid', 'sent')"
  }
}
${REGIONS}`;

export const STOCK_HCL = `schema "public" {
}

table "items" {
  schema = schema.public
  column "id" {
    type = bigint
    identity {
      generated = ALWAYS
    }
  }
  column "name" {
    type = text
  }
  column "amount" {
    type    = integer
    default = 0
  }
  primary_key {
    columns = [column.id]
  }
  comment = "what is in the store"
}
${REGIONS}`;

export const QUERIES = `-- name: GetOrder :one
SELECT id, status, region_id, placed_at FROM orders WHERE id = $1;

-- name: ListOrders :many
SELECT id, status FROM orders WHERE status = $1 ORDER BY id;
`;

export const ITEM_QUERIES = `-- name: GetItem :one
SELECT id, name, amount FROM items WHERE id = $1;

-- name: GetRegion :one
SELECT id, kind, code FROM regions WHERE id = $1;
`;

export const SQLC_CONFIG = `version: "2"
sql:
  - engine: postgresql
    schema:
      - schemas/postgres/orders.sql
      - schemas/postgres/stock.sql
    queries: queries/postgres
    gen:
      go:
        package: store
        out: ../../internal/store
        sql_package: pgx/v5
        emit_interface: true
`;

export const PATHS = {
  ordersHcl: 'tools/atlas/schemas/postgres/orders.hcl',
  stockHcl: 'tools/atlas/schemas/postgres/stock.hcl',
  ordersMigrations: 'tools/atlas/migrations/postgres/orders',
  stockMigrations: 'tools/atlas/migrations/postgres/stock',
  ordersSchema: 'tools/sqlc/schemas/postgres/orders.sql',
  stockSchema: 'tools/sqlc/schemas/postgres/stock.sql',
  orderQueries: 'tools/sqlc/queries/postgres/orders.sql',
  itemQueries: 'tools/sqlc/queries/postgres/items.sql',
  sqlcConfig: 'tools/sqlc/sqlc_postgres.yml',
  store: 'internal/store',
} as const;

/** The tools' pins, which are the project's own. */
export async function toolModules(): Promise<Files> {
  const paths = ['tools/atlas/go.mod', 'tools/atlas/go.sum', 'tools/sqlc/go.mod', 'tools/sqlc/go.sum'];
  const files = await Promise.all(
    paths.map(async (path) => [path, await readFile(join(PROJECT, path))] as const),
  );
  return Object.fromEntries(files);
}

export async function shopSources(): Promise<Files> {
  return {
    '.gitignore': 'node_modules/\n',
    [PATHS.ordersHcl]: ORDERS_HCL,
    [PATHS.stockHcl]: STOCK_HCL,
    [PATHS.orderQueries]: QUERIES,
    [PATHS.itemQueries]: ITEM_QUERIES,
    [PATHS.sqlcConfig]: SQLC_CONFIG,
    ...(await toolModules()),
  };
}

/** A repository that runs the built dbcheck; without a file yet. */
export async function emptyShop(env: NodeJS.ProcessEnv = {}): Promise<Shop> {
  return shopAt(await createRepository(), env);
}

/**
 * A shop whose outputs are fresh and committed, with the hooks that `dbcheck init` writes. Made once, copied for each test.
 *
 * @param sources what it is made from; the tools' pins have to be among it
 * @param variables set over its environment
 */
export async function freshShop(sources?: Files, variables: NodeJS.ProcessEnv = {}): Promise<Shop> {
  const shop = await emptyShop(variables);
  await shop.write(sources ?? (await shopSources()));
  await shop.git('add', '--all');
  expectExit(await shop.dbcheck(['fix', '--stage']), 0);
  expectExit(await shop.dbcheck(['init']), 0);
  await shop.git('add', '--all');
  await shop.git('commit', '--quiet', '-m', 'Start the shop');
  return shop;
}

/** A copy of a shop, apart from it. */
export async function copyOf(original: Shop): Promise<Shop> {
  const repository = await createRepository();
  await cp(original.root, repository.root, { recursive: true, force: true, verbatimSymlinks: true });
  return shopAt(repository);
}

async function shopAt(repository: TestRepository, variables: NodeJS.ProcessEnv = {}): Promise<Shop> {
  const bin = join(repository.root, 'node_modules/.bin');
  await mkdir(bin, { recursive: true });
  await symlink(CLI, join(bin, 'dbcheck')).catch(() => undefined);
  const env = { ...(await toolEnvironment()), ...repository.env, ...variables };
  const shop: Shop = {
    ...repository,
    env,
    async tryGit(args, call = {}) {
      const result = await run('git', args, {
        cwd: call.cwd ?? repository.root,
        env: { ...env, ...call.env },
        ...(call.input === undefined ? {} : { input: call.input }),
      });
      return { ...result, stderr: withoutProgress(result.stderr) };
    },
    async git(...args) {
      const result = await shop.tryGit(args);
      if (result.exitCode !== 0)
        throw new Error(`git ${args.join(' ')} exited with ${result.exitCode}: ${result.stderr}`);
      return result.stdout.toString().replace(/\n$/, '');
    },
    async dbcheck(args, call = {}) {
      const result = await run(process.execPath, [CLI, ...args], {
        cwd: call.cwd ?? repository.root,
        env: { ...env, ...call.env },
      });
      return {
        exitCode: result.exitCode,
        stdout: result.stdout.toString(),
        stderr: withoutProgress(result.stderr),
      };
    },
    commitStaged: (...args) => shop.tryGit(['commit', '--quiet', '-m', 'Change', ...args]),
    async staged() {
      const { stdout, stderr } = await shop.dbcheck(['staged', '--format', 'json']);
      if (stdout === '') throw new Error(`dbcheck staged printed no report: ${stderr}`);
      const report: Report = JSON.parse(stdout);
      const nowhere = report.diagnostics.find(({ location }) => location.path === '');
      if (nowhere !== undefined) throw new Error(`a finding names no file: ${nowhere.message}`);
      return report;
    },
  };
  return shop;
}

/** Where Go and dbcheck keep what they have built, so that a private home does not build it again. */
async function toolEnvironment(): Promise<NodeJS.ProcessEnv> {
  const names = [
    'GOPATH',
    'GOCACHE',
    'GOMODCACHE',
    'GOPROXY',
    'GOTOOLCHAIN',
    'GOSUMDB',
    'GONOSUMDB',
    'GOFLAGS',
  ];
  const { stdout } = await run('go', ['env', '-json', ...names], { cwd: PROJECT, env: process.env });
  const found: Record<string, string> = JSON.parse(stdout.toString());
  return { ...found, XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache') };
}

export function expectExit(answer: Answer, exitCode: number): Answer {
  if (answer.exitCode === exitCode) return answer;
  throw new Error(
    `dbcheck exited with ${answer.exitCode} in place of ${exitCode}:\n${answer.stdout}\n${answer.stderr}`,
  );
}
