import { describe, expect, it } from 'vitest';
import { type HclExpression, readHcl } from '../../src/format/hcl-structure.ts';

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
    ['a["b"]', { kind: 'other' }],
    ['f(x...)', { kind: 'other' }],
    ['c ? 1 : 2', { kind: 'other' }],
    ['{a = 1}', { kind: 'other' }],
    ['null', { kind: 'other' }],
  ] as const)('reads %s', async (text, expected) => {
    expect(await parsedValue(text)).toEqual(expected);
  });

  it('has the ranges of what it found, in the units of the text', async () => {
    const source = '# é 👩‍👧\ntable "é" {\n  column "c" {\n    type = varchar(5) # x\n  }\n}\n';
    const file = await readHcl(Buffer.from(source));
    const table = file.blocks[0];
    const type = table?.blocks[0]?.attributes[0];
    if (table === undefined || type === undefined) throw new Error('nothing was found');
    expect(file.valid).toBe(true);
    expect(file.text).toBe(source);
    expect(source.slice(table.start, table.end)).toBe(source.slice(source.indexOf('table'), -1));
    expect(source.slice(type.start, type.end)).toBe('type = varchar(5)');
    expect(source.slice(type.valueRange.start, type.valueRange.end)).toBe('varchar(5)');
    expect(source.slice(table.bodyStart - 1, table.bodyStart)).toBe('{');
    expect({ labels: table.labels, line: type.line, column: type.column }).toEqual({
      labels: ['é'],
      line: 4,
      column: 5,
    });
  });

  it('says that a file is not HCL', async () => {
    expect((await readHcl(Buffer.from('table "t" {'))).valid).toBe(false);
  });
});
