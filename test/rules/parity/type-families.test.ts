import { describe, expect, it } from 'vitest';
import type { DialectName } from '../../../src/config/dialect-names.ts';
import { type TypedColumn, typeDifference } from '../../../src/rules/parity/type-families.ts';
import { readSchemaModel } from '../../../src/sources/read-schema-model.ts';

const STATE = 'enum "state" {\n  values = ["on", "off"]\n}\n';

async function typed(dialect: DialectName, type: string): Promise<TypedColumn> {
  const text = `${STATE}table "t" {\n  column "c" {\n    type = ${type}\n  }\n}\n`;
  const { tables, enums } = await readSchemaModel([{ path: 'a.hcl', bytes: Buffer.from(text) }]);
  const column = tables[0]?.columns[0];
  if (column === undefined) throw new Error(`no column of ${type}`);
  return { dialect, column, enums };
}

async function difference(postgres: string, mysql: string): Promise<string | null> {
  const [left, right] = await Promise.all([typed('postgres', postgres), typed('mysql', mysql)]);
  expect(typeDifference(right, left)).toBe(typeDifference(left, right));
  return typeDifference(left, right);
}

/** Types of Postgres, each with the types of MySQL that hold the same. */
const EQUIVALENT: Readonly<Record<string, readonly string[]>> = {
  bigint: ['bigint', 'int\n    unsigned = true', 'bigint\n    unsigned = true', 'sql("bigint unsigned")'],
  integer: ['int', 'integer', 'mediumint', 'int\n    unsigned = true', 'smallint\n    unsigned = true'],
  smallint: ['smallint', 'tinyint', 'tinyint\n    unsigned = true', 'bool', 'tinyint(1)'],
  serial: ['int'],
  boolean: ['bool', 'boolean', 'tinyint(1)', 'tinyint', 'bit(1)', 'bit'],
  text: ['text', 'longtext', 'varchar(255)', 'char(2)', 'enum("a", "b")', 'json', 'varbinary(20)'],
  'varchar(40)': ['varchar(40)', 'char(40)', 'text', 'enum("a")'],
  'character_varying(40)': ['varchar(40)'],
  'sql("character varying(40)")': ['varchar(40)'],
  uuid: ['char(36)', 'varchar(36)', 'char(32)', 'binary(16)', 'varbinary(16)', 'varchar(64)', 'text', 'uuid'],
  jsonb: ['json', 'longtext'],
  json: ['json'],
  bytea: ['blob', 'longblob', 'varbinary(64)', 'binary(32)', 'char(64)'],
  'numeric(10,2)': ['decimal(10,2)', 'numeric(10,2)'],
  numeric: ['decimal(10,2)', 'decimal', 'varchar(80)', 'bigint'],
  'numeric(10)': ['decimal(10)', 'decimal', 'decimal(10,0)'],
  'numeric(20)': ['bigint\n    unsigned = true'],
  'numeric(78)': ['varchar(78)', 'binary(32)'],
  real: ['float', 'double'],
  double_precision: ['double', 'float'],
  timestamptz: ['timestamp', 'datetime', 'datetime(6)'],
  'timestamptz(6)': ['datetime'],
  timestamp: ['datetime', 'timestamp(6)'],
  date: ['date'],
  time: ['time', 'time(6)'],
  'enum.state': ['enum("on", "off")', 'enum("off", "on")', 'varchar(8)', 'sql("enum(\'x\')")'],
  // Of these nothing is known.
  inet: ['varchar(45)', 'int'],
  interval: ['bigint'],
  'sql("text[]")': ['json', 'int'],
  'domain.money': ['int'],
  'bit(8)': ['bit(8)', 'int'],
};

/** Types of Postgres, each with types of MySQL that hold something else. */
const DIFFERENT: Readonly<Record<string, readonly string[]>> = {
  bigint: ['int', 'bool', 'varchar(20)', 'double', 'json', 'datetime'],
  integer: ['bigint', 'smallint', 'tinyint(1)', 'text'],
  smallint: ['int', 'bigint'],
  boolean: ['int', 'varchar(5)', 'enum("on", "off")'],
  text: ['int', 'bool', 'datetime', 'decimal(10,2)'],
  'varchar(40)': ['varchar(41)', 'char(4)', 'int'],
  uuid: ['char(16)', 'binary(20)', 'bigint', 'varchar(20)'],
  jsonb: ['int', 'bool'],
  bytea: ['int'],
  'numeric(10,2)': ['decimal(12,2)', 'decimal(10,4)', 'double', 'int', 'varchar(20)', 'decimal'],
  'numeric(20)': ['varchar(20)'],
  double_precision: ['decimal(10,2)', 'int'],
  timestamptz: ['date', 'bigint', 'varchar(30)', 'time'],
  date: ['datetime'],
  'enum.state': ['enum("on")', 'enum("on", "off", "broken")', 'int'],
};

function pairs(table: Readonly<Record<string, readonly string[]>>): readonly (readonly [string, string])[] {
  return Object.entries(table).flatMap(([postgres, types]) =>
    types.map((mysql) => [postgres, mysql] as const),
  );
}

describe('typeDifference', () => {
  it.each(pairs(EQUIVALENT))('has %s hold what %s of MySQL holds', async (postgres, mysql) => {
    expect(await difference(postgres, mysql)).toBeNull();
  });

  it.each(pairs(DIFFERENT))('tells %s from %s of MySQL', async (postgres, mysql) => {
    expect(await difference(postgres, mysql)).toEqual(expect.any(String));
  });

  it('says nothing of two schemas of one dialect, nor of SQLite', async () => {
    const [bigint, text] = [await typed('postgres', 'bigint'), await typed('postgres', 'text')];
    expect(typeDifference(bigint, text)).toBeNull();
    expect(typeDifference(bigint, { ...text, dialect: 'sqlite' })).toBeNull();
  });
});
