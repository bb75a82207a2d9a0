import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectExit, freshShop, PATHS, type Shop, SQLC_CONFIG } from '../shop.ts';
import { edit, fixStaged, play, type Scenario, stage } from './scenario.ts';

const EXTRA_QUERIES = 'tools/sqlc/queries/extra/extra.sql';
const EXTRA_CONFIG = 'tools/sqlc/extra.yml';
const PROJECT_CONFIG = 'dbcheck.config.yaml';

/** An entry that reads queries of its own. */
function entry(out: string): string {
  return `  - engine: postgresql
    schema: schemas/postgres/orders.sql
    queries: queries/extra
    gen:
      go:
        package: store
        out: ${out}
        sql_package: pgx/v5
`;
}

const EXTRA = { [EXTRA_QUERIES]: '-- name: CountOrders :one\nSELECT count(*) FROM orders;\n' };

const SCENARIOS: readonly Scenario[] = [
  {
    name: 'config/guard-stale: the hook does not watch a new output folder',
    violate: async (shop) => {
      await stage(shop, { ...EXTRA, [PATHS.sqlcConfig]: SQLC_CONFIG + entry('../../internal/extra') });
      await fixStaged(shop);
    },
    rule: 'config/guard-stale',
    target: '.git/hooks/pre-commit',
    at: '.git/hooks/pre-commit:2',
    because: /it does not watch .*internal\/extra/,
    diff: null,
    mend: 'as told',
    holds: { 'internal/extra/extra.sql.go': 'func (q *Queries) CountOrders' },
  },
  {
    name: 'generated/output-collision: two entries of one configuration',
    violate: async (shop) => {
      await stage(shop, { ...EXTRA, [PATHS.sqlcConfig]: SQLC_CONFIG + entry('../../internal/store') });
      expectExit(await shop.dbcheck(['init']), 0);
      expect(await fixStaged(shop, 1)).toContain('error[generated/output-collision]');
    },
    rule: 'generated/output-collision',
    target: PATHS.sqlcConfig,
    at: `${PATHS.sqlcConfig}:20:9`,
    because: /the last writer win/,
    diff: null,
    mend: async (shop) => {
      await edit(shop, PATHS.sqlcConfig, entry('../../internal/store'), '');
      await stage(shop, { [EXTRA_QUERIES]: null });
      await fixStaged(shop);
      expect(await shop.git('ls-files', PATHS.store)).not.toContain('extra');
    },
    restores: true,
  },
  {
    name: 'generated/output-collision: two configurations',
    violate: async (shop) => {
      await stage(shop, {
        ...EXTRA,
        [PROJECT_CONFIG]: `sqlc:\n  configs: ['${PATHS.sqlcConfig}', '${EXTRA_CONFIG}']\n`,
        [EXTRA_CONFIG]: `version: "2"\nsql:\n${entry('../../internal/store')}`,
      });
      expectExit(await shop.dbcheck(['init']), 0);
      expect(await fixStaged(shop, 1)).toContain('error[generated/output-collision]');
    },
    rule: 'generated/output-collision',
    target: PATHS.sqlcConfig,
    at: `${PATHS.sqlcConfig}:11:9`,
    because: /the configuration that ran last/,
    diff: null,
    mend: async (shop) => {
      await edit(shop, EXTRA_CONFIG, 'internal/store', 'internal/extra');
      expectExit(await shop.dbcheck(['init']), 0);
      await fixStaged(shop);
    },
    holds: {
      'internal/extra/extra.sql.go': 'func (q *Queries) CountOrders',
      'internal/store/extra.sql.go': null,
    },
  },
];

describe('a commit with a configuration that does not hold together', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await freshShop();
  });
  afterAll(() => shop.remove());

  for (const scenario of SCENARIOS) it(scenario.name, () => play(scenario, shop));
});
