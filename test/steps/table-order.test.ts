import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SchemaStatement } from '../../src/dialects/dialect.ts';
import { postgres } from '../../src/dialects/postgres.ts';
import { hasRandomTableOrder, inFixedOrder, orderTables } from '../../src/steps/table-order.ts';

interface Table {
  readonly name: string;
  readonly references: readonly string[];
}

function statements(tables: readonly Table[]): readonly SchemaStatement[] {
  return [
    { text: 'TYPE', object: { kind: 'type', name: 'x' }, references: null },
    ...tables.flatMap(({ name, references }): SchemaStatement[] => [
      { text: `TABLE ${name}`, object: { kind: 'table', name }, references },
      { text: `INDEX ${name}`, object: { kind: 'table', name }, references: null },
    ]),
  ];
}

const texts = (ordered: readonly SchemaStatement[]) => ordered.map(({ text }) => text);

const names = ['a', 'b', 'c', 'd', 'e', 'f'];
const tables = fc
  .record({
    order: fc.shuffledSubarray(names, { minLength: 1 }),
    references: fc.dictionary(fc.constantFrom(...names), fc.subarray(names)),
  })
  .map(({ order, references }) =>
    order.map((name) => ({
      name,
      references: (references[name] ?? []).filter((other) => order.includes(other)),
    })),
  );
/** A table refers to itself and to those with an earlier name only. */
const acyclic = tables.map((all) =>
  all.map(({ name, references }) => ({ name, references: references.filter((other) => other <= name) })),
);

describe('orderTables', () => {
  it('loses nothing and adds nothing', () => {
    fc.assert(
      fc.property(tables, (all) => {
        const before = statements(all);
        expect(texts(orderTables(before)).sort()).toEqual(texts(before).sort());
      }),
    );
  });

  it('gives one order whatever order Atlas wrote, each table with its own statements and after what it needs', () => {
    fc.assert(
      fc.property(
        acyclic.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([all, shuffled]) => {
          const ordered = texts(orderTables(statements(all)));
          expect(texts(orderTables(statements(shuffled)))).toEqual(ordered);
          expect(ordered[0]).toBe('TYPE');
          for (const { name, references } of all) {
            const at = ordered.indexOf(`TABLE ${name}`);
            expect(ordered[at + 1]).toBe(`INDEX ${name}`);
            for (const other of references) {
              if (other !== name) expect(ordered.indexOf(`TABLE ${other}`)).toBeLessThan(at);
            }
          }
        },
      ),
    );
  });

  it('leaves a circle of references as it is', () => {
    const circle = statements([
      { name: 'b', references: ['a'] },
      { name: 'a', references: ['b'] },
    ]);
    expect(orderTables(circle)).toEqual(circle);
  });

  it.each(['keygen', 'sign', 'watch'])('gives back the order of the example %s', async (database) => {
    const sql = await readFile(
      new URL(`../../tools/sqlc/schemas/postgres/${database}.sql`, import.meta.url),
      'utf8',
    );
    const split = await postgres.splitSchema(sql);
    const first = split.findIndex(({ references }) => references !== null);
    expect(
      orderTables(split)
        .map(({ text }) => text)
        .join(''),
    ).toBe(sql);
    const groups: SchemaStatement[][] = [];
    for (const statement of split.slice(first)) {
      if (statement.references !== null) groups.push([]);
      groups.at(-1)?.push(statement);
    }
    const reversed = [...split.slice(0, first), ...groups.toReversed().flat()];
    expect(texts(reversed)).not.toEqual(texts(split));
    expect(texts(orderTables(reversed)).join('')).toBe(sql);
  });
});

it.each([
  ['v0.13.1', true],
  ['v0.9.0', true],
  ['v0.14.0', false],
  ['v1.2.3', false],
  [null, false],
])('knows whether %s writes a random order', (version, random) => {
  expect(hasRandomTableOrder(version)).toBe(random);
});

it.each([
  ['Atlas itself where the configuration has no format', undefined, 'atlas-failed'],
  ['the format that the configuration has', { path: 'dbcheck.config.yaml', line: 2 }, 'format-invalid'],
])('blames %s for what is no SQL', async (_, formatPlace, code) => {
  const made = { dialect: postgres, atlas: { version: 'v0.13.1' }, style: { format: 'x' }, formatPlace };
  await expect(inFixedOrder('x', made)).rejects.toMatchObject({ code, place: formatPlace });
});
