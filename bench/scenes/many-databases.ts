import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execute } from '../paired.ts';
import { type Bench, emptyRepository, PROJECT, type Repository } from '../setting.ts';

const FIRST = databaseName(0);
const TOOL_FILES = ['tools/atlas/go.mod', 'tools/atlas/go.sum', 'tools/sqlc/go.mod', 'tools/sqlc/go.sum'];

/** Five digits, so that names have one length and one order. */
export function databaseName(index: number): string {
  return `db${String(index).padStart(5, '0')}`;
}

/**
 * A repository of many Postgres databases, each with an entry of its own in one sqlc configuration, everything generated and
 * committed. dbcheck generates the first one; the others are its copies under other names.
 */
export async function manyDatabases(bench: Bench, count: number): Promise<Repository> {
  const repository = await emptyRepository(bench, `databases-${count}`);
  for (const path of TOOL_FILES) {
    await repository.write(path, await readFile(join(PROJECT, path), 'utf8'));
  }
  await repository.write(`tools/atlas/schemas/postgres/${FIRST}.hcl`, schema());
  await repository.write(`tools/sqlc/queries/${FIRST}/accounts.sql`, QUERIES);
  await repository.write('tools/sqlc/sqlc_postgres.yml', configuration([FIRST]));
  repository.git('add', '--all');
  execute(repository.dbcheck(['fix']));
  for (let index = 1; index < count; index += 1) await copyDatabase(repository.root, databaseName(index));
  const names = Array.from({ length: count }, (_, index) => databaseName(index));
  await repository.write('tools/sqlc/sqlc_postgres.yml', configuration(names));
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--message', 'Start');
  return repository;
}

async function copyDatabase(root: string, name: string): Promise<void> {
  const place = (path: string, database: string) => join(root, path.replaceAll('NAME', database));
  for (const path of [
    'tools/atlas/schemas/postgres/NAME.hcl',
    'tools/sqlc/schemas/postgres/NAME.sql',
    'tools/atlas/migrations/postgres/NAME',
    'tools/sqlc/queries/NAME',
    'tools/gen/NAME',
  ]) {
    await cp(place(path, FIRST), place(path, name), { recursive: true });
  }
  const code = place('tools/gen/NAME', name);
  for (const file of await readdir(code)) {
    const text = await readFile(join(code, file), 'utf8');
    await rm(join(code, file));
    await writeFile(join(code, file), text.replaceAll(FIRST, name));
  }
}

function configuration(names: readonly string[]): string {
  const entries = names.map(
    (name) => `  - engine: postgresql
    schema: schemas/postgres/${name}.sql
    queries: queries/${name}
    gen:
      go:
        package: ${name}
        out: ../gen/${name}
        sql_package: pgx/v5
`,
  );
  return `version: "2"\nsql:\n${entries.join('')}`;
}

function schema(): string {
  const tables = ['accounts', 'invoices', 'payments'];
  return `schema "public" {\n}\n${tables.map(table).join('')}`;
}

function table(name: string): string {
  return `
table "${name}" {
  schema = schema.public
  column "id" {
    type = bigint
    identity {
      generated = ALWAYS
    }
  }
  column "name" {
    type = varchar(120)
  }
  column "amount" {
    type    = integer
    default = 0
  }
  column "created_at" {
    type    = timestamptz
    default = sql("now()")
  }
  primary_key {
    columns = [column.id]
  }
  index "idx_${name}_name" {
    columns = [column.name]
  }
}
`;
}

const QUERIES = `-- name: GetAccount :one
SELECT id, name, amount, created_at FROM accounts WHERE id = $1;

-- name: ListAccounts :many
SELECT id, name FROM accounts WHERE amount > $1 ORDER BY id;

-- name: CreateInvoice :one
INSERT INTO invoices (name, amount) VALUES ($1, $2) RETURNING id;

-- name: DeletePayment :exec
DELETE FROM payments WHERE id = $1;
`;
