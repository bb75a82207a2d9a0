import { describe, expect, it } from 'vitest';
import type { HclExpression } from '../../src/format/hcl-file.ts';
import { readHcl } from '../../src/format/hcl-structure.ts';

const parsedValue = async (text: string): Promise<HclExpression | undefined> =>
  (await readHcl(Buffer.from(`a = ${text}\n`))).attributes[0]?.value;

describe('the structure of an HCL file', () => {
  it.each([
    ['"x"', { kind: 'string', text: 'x' }],
    [String.raw`"it's \"q\" \\ \n \u00e9"`, { kind: 'string', text: 'it\'s "q" \\ \n é' }],
    ['""', { kind: 'string', text: '' }],
    ['-1.50', { kind: 'number', text: '-1.50' }],
    ['10', { kind: 'number', text: '10' }],
    ['true', { kind: 'bool', value: true }],
    ['NO_ACTION', { kind: 'reference', path: ['NO_ACTION'] }],
    ['table.t.column.c', { kind: 'reference', path: ['table', 't', 'column', 'c'] }],
    ['f()', { kind: 'call', name: 'f', arguments: [] }],
    [
      'd(10, 2)',
      {
        kind: 'call',
        name: 'd',
        arguments: [
          { kind: 'number', text: '10' },
          { kind: 'number', text: '2' },
        ],
      },
    ],
    [
      '[column.a, "b"]',
      {
        kind: 'list',
        items: [
          { kind: 'reference', path: ['column', 'a'] },
          { kind: 'string', text: 'b' },
        ],
      },
    ],
    ['[]', { kind: 'list', items: [] }],
    ['1 + 2', { kind: 'other' }],
    [`"a${'$'}{b}"`, { kind: 'other' }],
    ['<<SQL\nx\nSQL', { kind: 'other' }],
    ['[for x in y : x]', { kind: 'other' }],
    ['a["b"].c', { kind: 'reference', path: ['a', 'b', 'c'] }],
    ['a[0]', { kind: 'other' }],
    ['a[b]', { kind: 'other' }],
    ['a.*.b', { kind: 'other' }],
    ['f(x...)', { kind: 'other' }],
    ['c ? 1 : 2', { kind: 'other' }],
    ['{a = 1}', { kind: 'other' }],
    ['null', { kind: 'other' }],
  ] as const)('reads %s', async (text, expected) => {
    expect(await parsedValue(text)).toMatchObject(expected);
  });

  it('has the ranges of what it found, in the units of the text', async () => {
    const source = '# é 👩‍👧\ntable "é" {\n  column "c" {\n    type = varchar(5) # x\n  }\n}\n';
    const file = await readHcl(Buffer.from(source));
    const table = file.blocks[0];
    const type = table?.blocks[0]?.attributes[0];
    if (table === undefined || type === undefined) throw new Error('nothing was found');
    expect(file.problem).toBeNull();
    expect(file.text).toBe(source);
    expect(source.slice(table.start, table.end)).toBe(source.slice(source.indexOf('table'), -1));
    expect(source.slice(type.start, type.end)).toBe('type = varchar(5)');
    expect(source.slice(type.value.start, type.value.end)).toBe('varchar(5)');
    expect(source.slice(table.bodyStart - 1, table.bodyStart)).toBe('{');
    expect({ labels: table.labels, line: type.line, column: type.column }).toEqual({
      labels: ['é'],
      line: 4,
      column: 5,
    });
  });

  it.each([
    ['table "t" {\n', 2, 1, '} is missing'],
    ['a = 1\nb = = 2\n', 2, 1, 'this is not HCL'],
    ['# \xe9\xff\n', 1, 3, 'a byte is not part of valid UTF-8'],
  ])('says where %j is not HCL, and what is wrong', async (text, line, column, message) => {
    const { problem } = await readHcl(Buffer.from(text, 'latin1'));
    expect(problem).toEqual({ line, column, message });
  });

  it('has the place of each label and each item of a list', async () => {
    const source = 'table "a" "b c" {\n  x = [column.id, table.t.column.é]\n}\n';
    const [table] = (await readHcl(Buffer.from(source))).blocks;
    const value = table?.attributes[0]?.value;
    const items = value?.kind === 'list' ? value.items : [];
    const written = [...(table?.labelRanges ?? []), ...items].map(({ start, end }) =>
      source.slice(start, end),
    );
    expect(written).toEqual(['"a"', '"b c"', 'column.id', 'table.t.column.é']);
  });
});
