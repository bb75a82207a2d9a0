import { expect, it } from 'vitest';
import { toFindings } from '../../../src/rules/findings.ts';
import { observe } from '../../../src/rules/observe.ts';
import {
  check,
  key,
  mysql,
  over,
  postgres,
  table,
  unique,
} from '../../../src/rules/schema/example-schemas.ts';
import { editText } from '../../../src/sources/edit-text.ts';
import { readSchemaModel } from '../../../src/sources/read-schema-model.ts';
import type { SchemaEvidence } from '../../../src/verdict/evidence.ts';

const FACTS = { fixCommand: 'dbcheck fix', changed: new Set<string>() };

interface Renamed {
  readonly text: string;
  readonly left: number;
}

function renamed(...blocks: readonly string[]): Promise<Renamed> {
  return renamedIn('postgres', ...blocks);
}

async function renamedIn(dialect: 'postgres' | 'mysql', ...blocks: readonly string[]): Promise<Renamed> {
  const schema = { postgres, mysql }[dialect];
  const [[path = '', text = ''] = []] = Object.entries(schema(...blocks));
  const find = async (given: string) => {
    const model = await readSchemaModel([{ path, bytes: Buffer.from(given) }]);
    const evidence: SchemaEvidence = {
      kind: 'schema',
      id: `${dialect}/shop`,
      dialect,
      dialects: [dialect],
      model,
    };
    const found = toFindings(observe([evidence], FACTS, new Map()), new Map(), {
      rules: new Map(),
      ignore: [],
    });
    return found.filter(({ rule }) => rule.endsWith('-name'));
  };
  const mended = editText(
    text,
    (await find(text)).flatMap(({ edits }) => edits ?? []),
  );
  return { text: mended, left: (await find(mended)).length };
}

it('gives indexes, foreign keys and checks the names of the pattern, and finds nothing afterwards', async () => {
  const { text, left } = await renamed(
    '# 👩‍👧 é\n',
    table(
      'orders',
      ['size int', 'customer_id bigint', 'payer_id bigint'],
      key('a', 'customer_id', 'customers'),
      key('b', 'payer_id', 'customers'),
      over('index c', 'customer_id'),
      over('index "d"', 'payer_id'),
      unique('uq_orders', 'size'),
      check('e', 'size > 0'),
    ),
    table('customers'),
  );
  expect(left).toBe(0);
  expect([...text.matchAll(/^ {2}((?:index|foreign_key|check) .*) \{$/gm)].map(([, block]) => block)).toEqual(
    [
      'foreign_key "fk_orders_customers_customer_id"',
      'foreign_key "fk_orders_customers_payer_id"',
      'index "idx_orders_customer_id"',
      'index "idx_orders_payer_id"',
      'index "uq_orders_size"',
      'check "chk_orders_size"',
    ],
  );
});

it('renames nothing to a name that is taken, or that two would have', async () => {
  const { text, left } = await renamed(
    table(
      'orders',
      ['size int'],
      over('index "one"', 'size'),
      over('index "two"', 'size'),
      check('low', 'size > 0'),
      check('chk_orders_size', 'size < 9'),
    ),
  );
  expect(left).toBe(2);
  expect([...text.matchAll(/^ {2}(?:index|check) "(.*)" \{$/gm)].map(([, name]) => name)).toEqual([
    'idx_orders_size',
    'two',
    'low',
    'chk_orders_size',
  ]);
});

it('finds no one name for an index with a condition, and renames none', async () => {
  const partial = over('index "open_ones"', 'size').replace(
    '[column.size]',
    '[column.size]\n    where   = "size > 0"',
  );
  const { text, left } = await renamed(table('orders', ['size int'], partial));
  expect(left).toBe(1);
  expect(text).toContain('index "open_ones"');
});

it('gives no two constraints of a schema one name in MySQL, where they share their names', async () => {
  const blocks = [
    table('bees', ['hive_site_id bigint'], key('one', 'hive_site_id', 'hive_sites')),
    table('bees_hive', ['site_id bigint'], key('two', 'site_id', 'sites')),
    table('hive_sites'),
    table('sites'),
  ];
  const namesIn = ({ text }: Renamed) => [...text.matchAll(/foreign_key "(.*)"/g)].map(([, name]) => name);
  expect(namesIn(await renamedIn('mysql', ...blocks))).toEqual(['fk_bees_hive_sites', 'two']);
  expect(namesIn(await renamed(...blocks))).toEqual(['fk_bees_hive_sites', 'fk_bees_hive_sites']);
});
