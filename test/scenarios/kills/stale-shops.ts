import { ONE_MORE_USER_QUERY, QUERY_PATHS, querySources } from '../query-shop.ts';
import { edit, stage } from '../rules/scenario.ts';
import { freshShop, PATHS, QUERIES, type Shop } from '../shop.ts';

/** What people have in their work tree, which no run may touch. */
const OF_PEOPLE = { 'notes.txt': 'not known to git\n', 'tools/atlas/migrations/README.md': 'about them\n' };

/** Both databases and the queries have changed, two files have to go, and two sources are staged in part. */
export async function staleDatabases(): Promise<Shop> {
  const shop = await freshShop();
  const second = `${PATHS.ordersMigrations}/20240101000000_second.sql`;
  await stage(shop, { [second]: 'ALTER TABLE "orders" ADD COLUMN "note" text;\n' });
  await edit(shop, PATHS.ordersHcl, 'varchar(16)', 'varchar(32)');
  await edit(shop, PATHS.stockHcl, 'type    = integer', 'type    = bigint');
  await edit(shop, PATHS.orderQueries, 'ORDER BY id', 'ORDER BY id DESC');
  const hcl = (await shop.read(PATHS.ordersHcl)).toString();
  await shop.write({
    ...OF_PEOPLE,
    [PATHS.ordersHcl]: hcl.replace('varchar(32)', 'varchar(64)'),
    [PATHS.orderQueries]: `${QUERIES.replace('ORDER BY id', 'ORDER BY id DESC')}\n-- in the works\n`,
  });
  return shop;
}

/** sqlc alone: queries more and a file of queries less. */
export async function staleCode(): Promise<Shop> {
  const shop = await freshShop(await querySources());
  const more = Array.from({ length: 12 }, (_, at) => [
    QUERY_PATHS.users.replace('users', `more_${at}`),
    `-- name: CountUsers${at} :one\nSELECT count(*) FROM users WHERE id > $1;\n`,
  ]);
  await stage(shop, {
    ...Object.fromEntries(more),
    [QUERY_PATHS.users]: ONE_MORE_USER_QUERY,
    [QUERY_PATHS.posts]: null,
  });
  await shop.write({ ...OF_PEOPLE, [QUERY_PATHS.users]: `${ONE_MORE_USER_QUERY}\n-- in the works\n` });
  return shop;
}
