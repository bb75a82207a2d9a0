import { added } from './excerpts.ts';
import { dropStock, edit, fixStaged, restore, type Scenario, stage } from './scenario.ts';
import { madePaths, type ShopDialect } from './shop-dialect.ts';

/** What a commit is refused for in the generated files of a dialect. */
export function generatedScenarios(dialect: ShopDialect): readonly Scenario[] {
  const { name, paths, schemaMaker, longerStatus, code } = dialect;
  const made = madePaths(paths);
  const newQueries = `tools/sqlc/queries/${name}/regions.sql`;
  return [
    {
      name: 'generated/stale: the sqlc schema is left as it was',
      violate: async (shop) => {
        await edit(shop, paths.ordersHcl, ...longerStatus.hcl);
        await fixStaged(shop);
        await restore(shop, paths.ordersSchema);
      },
      rule: 'generated/stale',
      target: `${name}/orders`,
      at: `${paths.ordersSchema}:${longerStatus.line.schema}:1`,
      because: /orders\.hcl changed; this file did not/,
      diff: added(longerStatus.sql[1]),
      mend: 'as told',
      holds: { [paths.ordersSchema]: longerStatus.sql[1] },
    },
    {
      name: 'generated/stale: a query changes and its code does not',
      violate: (shop) => edit(shop, paths.orderQueries, 'ORDER BY id', 'ORDER BY id DESC'),
      rule: 'generated/stale',
      target: paths.sqlcConfig,
      at: `${made.orderCode}:${code.listOrders}:1`,
      because: new RegExp(`queries/${name}/orders\\.sql changed; this file did not`),
      diff: /^\+.*ORDER BY id DESC/m,
      mend: 'as told',
      holds: { [made.orderCode]: 'ORDER BY id DESC' },
    },
    {
      name: 'generated/stale: a query is deleted and its code stays',
      violate: (shop) => edit(shop, paths.orderQueries, dialect.listOrders, ''),
      rule: 'generated/stale',
      target: paths.sqlcConfig,
      at: `${made.orderCode}:${code.withoutListOrders}:1`,
      because: new RegExp(`queries/${name}/orders\\.sql changed; this file did not`),
      diff: /^-const listOrders/m,
      folded: [`generated/stale ${made.querier}:${dialect.querier.withoutListOrders}:1`],
      mend: 'as told',
    },
    {
      name: 'generated/missing: the sqlc schema is deleted',
      violate: (shop) => stage(shop, { [paths.stockSchema]: null }),
      rule: 'generated/missing',
      target: `${name}/stock`,
      at: paths.stockSchema,
      because: new RegExp(`it was deleted, and ${schemaMaker} still makes it`),
      diff: null,
      mend: 'as told',
      restores: true,
    },
    {
      name: 'generated/missing: one Go file is deleted',
      violate: (shop) => stage(shop, { [made.models]: null }),
      rule: 'generated/missing',
      target: paths.sqlcConfig,
      at: made.models,
      because: /it was deleted, and sqlc still makes it/,
      diff: null,
      mend: 'as told',
      restores: true,
    },
    {
      name: 'generated/missing: the whole Go package is deleted',
      violate: async (shop) => {
        await shop.git('rm', '--quiet', '-r', paths.store);
      },
      rule: 'generated/missing',
      target: paths.sqlcConfig,
      at: made.code,
      because: /it was deleted, and sqlc still makes it/,
      diff: null,
      mend: 'as told',
      restores: true,
    },
    {
      name: 'generated/missing: a new query file whose code is not added',
      violate: (shop) =>
        stage(shop, { [newQueries]: '-- name: Ping :one\nSELECT id FROM regions LIMIT 1;\n' }),
      rule: 'generated/missing',
      target: paths.sqlcConfig,
      at: `${paths.store}/regions.sql.go`,
      because: /sqlc makes it, and it was never added/,
      diff: null,
      folded: [`generated/stale ${made.querier}:${dialect.querier.withPing}:1`],
      mend: 'as told',
      holds: { [`${paths.store}/regions.sql.go`]: 'func (q *Queries) Ping' },
    },
    {
      name: 'generated/orphan: the schema goes and its sqlc schema stays',
      violate: async (shop) => {
        await dropStock(shop, dialect);
        await fixStaged(shop);
        await restore(shop, paths.stockSchema);
      },
      rule: 'generated/orphan',
      target: `${name}/stock`,
      at: paths.stockSchema,
      because: new RegExp(`no HCL file of ${name}/stock`),
      diff: null,
      mend: 'as told',
      holds: { [paths.stockSchema]: null },
    },
    {
      name: 'generated/orphan: a query file is deleted and its code stays',
      violate: (shop) => stage(shop, { [paths.itemQueries]: null }),
      rule: 'generated/orphan',
      target: paths.sqlcConfig,
      at: made.itemCode,
      because: /sqlc no longer makes it/,
      diff: null,
      folded: [`generated/stale ${made.querier}:${dialect.querier.withoutItems}:1`],
      mend: 'as told',
      holds: { [made.itemCode]: null },
    },
    {
      name: 'generated/hand-edited: the sqlc schema',
      violate: (shop) => edit(shop, paths.stockSchema, 'DEFAULT 0', 'DEFAULT 1'),
      rule: 'generated/hand-edited',
      target: `${name}/stock`,
      at: `${paths.stockSchema}:${dialect.amountLine}:1`,
      because: new RegExp(`${schemaMaker} still makes what HEAD has`),
      diff: /^-.*DEFAULT 1/m,
      mend: 'as told',
      restores: true,
    },
    {
      name: 'generated/hand-edited: Go code',
      violate: (shop) => edit(shop, made.orderCode, 'defer rows.Close()', '_ = rows'),
      rule: 'generated/hand-edited',
      target: paths.sqlcConfig,
      at: `${made.orderCode}:${code.closesRows}:1`,
      because: /sqlc still makes what HEAD has; the next regeneration would lose the edit/,
      diff: /^\+.*defer rows\.Close\(\)/m,
      mend: 'as told',
      restores: true,
    },
    {
      name: 'generated/tool-version: code of another sqlc, equal but for its header',
      violate: async (shop) => {
        for (const path of made.code) await edit(shop, path, 'sqlc v1.31.1', 'sqlc v1.30.0');
      },
      rule: 'generated/tool-version',
      target: paths.sqlcConfig,
      at: `${made.db}:3:1`,
      because: /sqlc v1\.30\.0, and the pinned sqlc is v1\.31\.1/,
      diff: null,
      folded: made.code.map((path) => `generated/stale ${path}:3:1`),
      mend: 'as told',
      restores: true,
    },
    {
      name: 'generated/tool-version: HEAD has code of another sqlc already',
      violate: async (shop) => {
        for (const path of made.code) await edit(shop, path, 'sqlc v1.31.1', 'sqlc v1.30.0');
        await shop.git('commit', '--quiet', '--no-verify', '-m', 'Generate with another sqlc');
        await edit(shop, paths.orderQueries, 'ORDER BY id', 'ORDER BY id DESC');
      },
      rule: 'generated/tool-version',
      target: paths.sqlcConfig,
      at: `${made.db}:3:1`,
      because: /sqlc v1\.30\.0, and the pinned sqlc is v1\.31\.1/,
      diff: null,
      folded: made.code.map((path) => `generated/stale ${path}:3:1`),
      mend: 'as told',
      holds: { [made.orderCode]: 'ORDER BY id DESC', [made.db]: 'sqlc v1.31.1' },
    },
  ];
}
