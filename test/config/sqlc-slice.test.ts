import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { sliceEntries } from '../../src/config/sqlc-slice.ts';
import { subsetSqlcConfig } from '../../src/config/sqlc-subset.ts';

const PLAIN = `# Made by hand.
version: "2"
overrides:
  go: {rename: {a: b}}
sql: # one for each database

  - engine: postgresql
    schema: schemas/a.sql
    queries:
      - "queries/a"
      - queries/a/*.sql
    gen: {go: {package: a, out: "../gen/a"}}
  # The second one.
  - engine: mysql
    schema: [schemas/b.sql, 'schemas/c.sql'] # both
    queries: queries/b
    gen:
      go:
        package: b
        out: ../gen/b
  - engine: sqlite
    gen: {json: {out: c}}
plugins:
  - name: p
`;

describe('sliceEntries', () => {
  test('leaves out the lines of the other entries alone', () => {
    expect(sliceEntries(PLAIN, [1])).toBe(`# Made by hand.
version: "2"
overrides:
  go: {rename: {a: b}}
sql: # one for each database

  - engine: mysql
    schema: [schemas/b.sql, 'schemas/c.sql'] # both
    queries: queries/b
    gen:
      go:
        package: b
        out: ../gen/b
plugins:
  - name: p
`);
    const written = PLAIN.replaceAll('\n  - ', '\n- ')
      .replaceAll('\n    ', '\n  ')
      .replace('plugins:\n- name: p\n', '');
    expect(parse(sliceEntries(written, [0, 2]) ?? '').sql).toEqual(
      [0, 2].map((at) => parse(written).sql[at]),
    );
    expect(parse(sliceEntries('version: 1\npackages:\n- path: a\n- path: b', [1]) ?? '')).toEqual({
      version: 1,
      packages: [{ path: 'b' }],
    });
  });

  test.each([
    ['an anchor', PLAIN.replace('engine: mysql', 'engine: &e mysql')],
    ['an alias', PLAIN.replace('schemas/a.sql', '*e')],
    ['a tag', PLAIN.replace('schemas/a.sql', '!!str a')],
    ['a block of text', PLAIN.replace('schemas/a.sql', '|\n      - engine: x')],
    ['folded text', PLAIN.replace('schemas/a.sql', '>-\n      a')],
    ['a plain scalar of two lines', PLAIN.replace('schemas/a.sql', 'schemas\n      b')],
    ['a quoted scalar of two lines', PLAIN.replace('schemas/a.sql', '"schemas\n  - engine: a"')],
    ['an escape', PLAIN.replace('"queries/a"', '"queries\\x2fa"')],
    ['brackets over two lines', PLAIN.replace('[schemas/b.sql, ', '[schemas/b.sql,\n      ')],
    ['a flow list', 'version: "2"\nsql: [{engine: mysql}, {engine: sqlite}]\n'],
    ['JSON', '{"version": "2",\n"sql": [\n{"engine": "mysql"}]}'],
    ['a list behind a quoted key', PLAIN.replace('sql:', '"sql":')],
    ['two lists', `${PLAIN}packages:\n  - path: x\n`],
    ['the list twice', `${PLAIN}sql:\n  - engine: mysql\n`],
    ['an explicit key', PLAIN.replace('engine: mysql', '? engine\n    : mysql')],
    ['a dash of its own', PLAIN.replace('- engine: mysql', '-\n    engine: mysql')],
    ['a tab', PLAIN.replace(' # both', '\t# both')],
    ['line ends of Windows', PLAIN.replaceAll('\n', '\r\n')],
    ['a second document', `${PLAIN}---\nversion: "1"\n`],
  ])('leaves %s to the parser', (_, text) => {
    expect(sliceEntries(text, [0])).toBe(null);
  });

  test('has no entry that is not there', () => {
    expect(sliceEntries(PLAIN, [3])).toBe(null);
    expect(sliceEntries(PLAIN, [])).toBe(null);
  });

  test('says of arbitrary lines what a parser says, or nothing', async () => {
    const line = fc.constantFrom(
      ...[
        '  - engine: mysql',
        '- engine: b',
        '    schema: a',
        '  queries: [a, b]',
        '    gen: {go: {out: c}}',
      ],
      ...[
        '      - x',
        '  - - y',
        '    - z',
        'sql:',
        'plugins:',
        '# sql:',
        '',
        '    a: "x"',
        "    b: 'y' # c",
      ],
      ...[
        '      more',
        '    d: a - b',
        '    e: "',
        '    "',
        '    f: [',
        '    ]',
        "  g: {h: it's}",
        ' - i: j',
      ],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 14 }), fc.nat({ max: 3 }), async (lines, at) => {
        const text = ['version: "2"', 'sql:', ...lines, ''].join('\n');
        const sliced = sliceEntries(text, [at]);
        const whole = parsed(text);
        if (sliced === null || whole === null) return;
        expect(parsed(sliced)).toEqual({ ...whole, sql: [whole.sql[at]] });
        expect(parsed(String(await subsetSqlcConfig(Buffer.from(text), [at])))).toEqual(parsed(sliced));
      }),
      { numRuns: 5000 },
    );
  });
});

/** Null where the text is no sqlc configuration. */
function parsed(text: string): { readonly sql: readonly unknown[] } | null {
  try {
    const value = parse(text);
    return Array.isArray(value.sql) && value.sql.every((entry: unknown) => typeof entry === 'object')
      ? value
      : null;
  } catch {
    return null;
  }
}
