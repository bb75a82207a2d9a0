import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSchemaModel } from '../../src/sources/read-schema-model.ts';
import type { SchemaModel } from '../../src/sources/schema-model.ts';
import { hclBody } from '../format/hcl-arbitrary.ts';

const SHOP = await readFile(
  new URL('../../tools/atlas/schemas/postgres/keygen.hcl', import.meta.url),
  'utf8',
);

async function model(...texts: readonly string[]): Promise<SchemaModel> {
  return readSchemaModel(texts.map((text, index) => ({ path: `${index}.hcl`, bytes: Buffer.from(text) })));
}

async function table(body: string) {
  const [first] = (await model(`table "t" {\n${body}\n}\n`)).tables;
  if (first === undefined) throw new Error('there is no table');
  return first;
}

describe('names and places', () => {
  it('has tables with the place of the block and of its name', async () => {
    const { tables, schemas } = await model(
      'schema "public" {}\n  table "users" { schema = schema.public }\ntable audit "log" {\n  schema = x\n}\ntable "s" "t" {\n}\n',
    );
    expect(schemas).toEqual([
      {
        name: 'public',
        location: { path: '0.hcl', line: 1, column: 1 },
        label: { location: { path: '0.hcl', line: 1, column: 8 }, start: 7, end: 15 },
      },
    ]);
    expect(
      tables.map(({ name, qualifier, schema, location, label }) => [
        name,
        qualifier,
        schema?.name,
        location.line,
        label.location.column,
      ]),
    ).toEqual([
      ['users', null, 'public', 2, 9],
      ['log', 'audit', undefined, 3, 13],
      ['t', 's', 's', 6, 11],
    ]);
  });

  it('reads a folder as one database', async () => {
    const { files, tables } = await model('table "a" {}\n', 'table "b" {}\ntable "c" {\n');
    expect(tables.map(({ name, location }) => [name, location.path])).toEqual([
      ['a', '0.hcl'],
      ['b', '1.hcl'],
      ['c', '1.hcl'],
    ]);
    expect(files.map(({ problem }) => problem)).toEqual([
      null,
      { location: { path: '1.hcl', line: 3, column: 1 }, message: '} is missing' },
    ]);
  });

  it('leaves out what has no name, or too many', async () => {
    const { tables, enums } = await model(
      'table {}\ntable "a" "b" "c" {}\nenum {}\ntable "t" { column {} }\n',
    );
    expect([tables.map(({ name, columns }) => [name, columns]), enums]).toEqual([[['t', []]], []]);
  });

  it('keeps every other block', async () => {
    const { others } = await model('view "v" {}\nvariable "x" {}\nfoo {}\n');
    expect(others.map(({ type, name }) => [type, name])).toEqual([
      ['view', 'v'],
      ['variable', 'x'],
      ['foo', null],
    ]);
    const { others: inner } = await table('partition {}\ntrigger "x" {}');
    expect(inner.map(({ type, name }) => [type, name])).toEqual([
      ['partition', null],
      ['trigger', 'x'],
    ]);
  });
});

describe('types', () => {
  it.each([
    ['bigint', 'bigint', 'bigint', []],
    ['varchar( 8 )', 'varchar(8)', 'varchar', ['8']],
    ['numeric(38, 18)', 'numeric(38,18)', 'numeric', ['38', '18']],
    ['sql("TEXT []")', 'text[]', null, []],
    ['sql("numeric (10 , 2)")', 'numeric(10,2)', 'numeric', ['10', '2']],
    ['sql("timestamp (6) with time zone")', 'timestamp(6) with time zone', null, []],
    ['sql("double  precision")', 'double precision', 'double precision', []],
    ['sql("\\"Mood\\"")', '"Mood"', null, []],
    ['enum.state', 'enum.state', null, []],
    ['enum("a", "b")', 'enum("a","b")', 'enum', ['"a"', '"b"']],
    ['var.type', 'var.type', null, []],
    ['1 + 2', null, null, []],
    ['varchar(var.length + 1)', null, 'varchar', []],
    ['sql(x)', null, null, []],
  ])('reads %s', async (written, text, base, given) => {
    const [column] = (await table(`column "c" {\n type = ${written}\n}`)).columns;
    expect(column?.type).toMatchObject({ text, base, arguments: given });
  });

  it('reads what a type refers to', async () => {
    const { columns } = await table(
      'column "a" { type = enum.state }\ncolumn "b" { type = enum.public.state }',
    );
    expect(columns.map(({ type }) => type?.reference)).toEqual([
      { kind: 'enum', schema: null, name: 'state' },
      { kind: 'enum', schema: 'public', name: 'state' },
    ]);
  });

  it('reads unsigned, null, defaults, identities, generated columns and comments', async () => {
    const { columns } = await table(`
      column "a" {
        null = true
        type = int
        unsigned = true
        auto_increment = true
        comment = "c"
      }
      column "b" {
        null = var.x
        type = int
        default = 0
        comment = "\${x}"
        identity {
        }
        as {
          expr = "1"
        }
      }
      column "c" {}`);
    expect(
      columns.map((column) => [
        column.type?.text,
        column.nullable,
        column.default?.kind ?? null,
        column.identity,
        column.autoIncrement,
        column.generated,
        column.comment,
      ]),
    ).toEqual([
      ['int unsigned', true, null, false, true, false, { text: 'c' }],
      ['int', null, 'number', true, false, true, 'unknown'],
      [undefined, false, null, false, false, false, null],
    ]);
    expect([...(columns[0]?.settings ?? [])]).toEqual([
      ['unsigned', 'true'],
      ['auto_increment', 'true'],
    ]);
  });
});

describe('keys and indexes', () => {
  it('reads every way to name columns', async () => {
    const { foreignKeys } = await table(`foreign_key "fk" {
      columns = [column.a, column["b c"]]
      ref_columns = [table.users.column.id, table.public.users.column.x]
      on_delete = CASCADE
      on_update = "NO ACTION"
    }
    foreign_key "self" {
      columns = [column.a]
      ref_columns = [column.id]
    }
    foreign_key "unknown" {
      columns = [column.a, x]
      ref_columns = local.columns
    }`);
    expect(
      foreignKeys.map(({ columns, refColumns, onDelete, onUpdate }) => [
        columns?.map(({ column }) => column) ?? null,
        refColumns?.map((reference) => [reference.table, reference.column]) ?? null,
        onDelete,
        onUpdate,
      ]),
    ).toEqual([
      [
        ['a', 'b c'],
        [
          [{ name: 'users', schema: null }, 'id'],
          [{ name: 'users', schema: 'public' }, 'x'],
        ],
        'CASCADE',
        'NO ACTION',
      ],
      [['a'], [[null, 'id']], null, null],
      [null, null, null, null],
    ]);
    expect(foreignKeys[0]?.columns?.[1]?.location).toEqual({ path: '0.hcl', line: 3, column: 28 });
  });

  it('reads indexes over columns, in blocks and over expressions', async () => {
    const { indexes, primaryKeys } = await table(`primary_key {
      columns = [column.id]
    }
    index "a" {
      columns = [column.x, column.y]
      unique = true
      where = "x  > 1"
    }
    index "b" {
      type = GIN
      on {
        column = column.x
        desc = true
      }
      on {
        expr = "lower(y)"
      }
    }
    unique "c" {
      columns = [column.z]
    }
    index "d" {
      columns = [column.x, 1]
      unique = var.x
    }
    index "e" {
      on { column = x }
    }
    index "f" {}`);
    expect(primaryKeys.map(({ kind, name, unique }) => [kind, name, unique])).toEqual([
      ['primary_key', null, true],
    ]);
    expect(
      indexes.map(({ name, kind, unique, parts, settings }) => [
        name,
        kind,
        unique,
        parts?.map((part) => [part.column?.column ?? null, part.expression, [...part.settings]]) ?? null,
        [...settings],
      ]),
    ).toEqual([
      [
        'a',
        'index',
        true,
        [
          ['x', null, []],
          ['y', null, []],
        ],
        [['where', '"x > 1"']],
      ],
      [
        'b',
        'index',
        false,
        [
          ['x', null, [['desc', 'true']]],
          [null, 'lower(y)', []],
        ],
        [['type', 'GIN']],
      ],
      ['c', 'unique', true, [['z', null, []]], []],
      ['d', 'index', null, null, []],
      ['e', 'index', false, null, []],
      ['f', 'index', false, null, []],
    ]);
  });

  it('reads checks and enums', async () => {
    const { checks } = await table('check "c" { expr = "a > 0" }\ncheck { expr = x }');
    expect(checks.map(({ name, expression }) => [name, expression])).toEqual([
      ['c', 'a > 0'],
      [null, null],
    ]);
    const { enums } = await model(
      'enum "e" {\n schema = schema.public\n values = ["a", "b"]\n}\nenum "f" { values = [x] }\n',
    );
    expect(enums.map(({ name, schema, values }) => [name, schema?.name, values])).toEqual([
      ['e', 'public', ['a', 'b']],
      ['f', undefined, null],
    ]);
  });
});

describe('any bytes', () => {
  /** What is promised of a model: places are in the text, and labels are names in it. */
  function expectSound({ files, tables }: SchemaModel): void {
    for (const file of files) {
      const lines = file.text.split('\n').length;
      expect(file.problem?.location.line ?? 1).toBeLessThanOrEqual(lines);
      for (const { label, name } of tables) {
        const written = file.text.slice(label.start, label.end);
        expect(written.replace(/^"|"$/g, '').replace(/\\(["\\])/g, '$1')).toBe(name);
      }
    }
  }

  it('gives a model or a problem for 2,000 strings of bytes', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (given) => {
        expectSound(await readSchemaModel([{ path: 'x.hcl', bytes: Buffer.from(given) }]));
      }),
      { numRuns: 2000 },
    );
  });

  it('gives a model or a problem for 2,000 mutations of HCL', async () => {
    const noise = fc.oneof(
      fc.constantFrom(
        '"',
        '{',
        '}',
        '[',
        '<<X\n',
        '${',
        '\\',
        '\u0000',
        '\ufeff',
        '\r',
        'table "x" {',
        'é',
        '/*',
      ),
      fc.string({ maxLength: 5 }),
    );
    const cut = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.nat(40), noise });
    const start = fc.oneof(
      hclBody,
      fc.nat(SHOP.length).map((from) => SHOP.slice(from, from + 1500)),
    );
    let broken = 0;
    await fc.assert(
      fc.asyncProperty(start, fc.array(cut, { minLength: 1, maxLength: 3 }), async (text, cuts) => {
        const mutated = cuts.reduce((current, { at, length, noise: added }) => {
          const from = Math.floor(at * current.length);
          return current.slice(0, from) + added + current.slice(from + length);
        }, text);
        const read = await model(mutated);
        expectSound(read);
        if (read.files.some(({ problem }) => problem !== null)) broken += 1;
      }),
      { numRuns: 2000 },
    );
    expect(broken).toBeGreaterThan(100);
    expect(broken).toBeLessThan(1990);
  });
});

it('knows the schemas of this repository', async () => {
  const { tables, enums, schemas, others, files } = await model(SHOP);
  expect(files.map(({ problem }) => problem)).toEqual([null]);
  expect([schemas.length, enums.length, others.length]).toEqual([1, 2, 0]);
  for (const { columns, primaryKeys, indexes, foreignKeys, schema } of tables) {
    expect(schema?.name).toBe('public');
    expect(primaryKeys[0]?.parts).not.toBeNull();
    expect(indexes.filter(({ parts }) => parts === null)).toEqual([]);
    expect(foreignKeys.filter((key) => key.columns === null || key.refColumns === null)).toEqual([]);
    expect(columns.filter(({ type }) => type?.text == null)).toEqual([]);
  }
});
