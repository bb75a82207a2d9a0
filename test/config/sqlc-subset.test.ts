import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfigDocument } from '../../src/config/config-document.ts';
import { subsetSqlcConfig } from '../../src/config/sqlc-subset.ts';
import type { TextSpan } from '../../src/config/yaml-items.ts';

const OPTIONS = { code: 'sqlc-config-invalid', hint: 'mend it', strict: false } as const;

const WRITTEN = `# Made by hand.
version: "2"
sql: # one for each database

  - engine: postgresql
    schema: |
      - engine: none
    queries:
      - "queries/a"
  # The second one.
  - engine: mysql
    schema: [schemas/b.sql,
      'schemas/c.sql'] # both
  -   engine: sqlite
plugins:
  - name: p
`;

function linesOf(text: string): readonly TextSpan[] | null {
  return readConfigDocument('sqlc.yml', Buffer.from(text), OPTIONS).itemLines(['sql']);
}

describe('the lines of the entries of an sqlc configuration', () => {
  test.each([
    ['as people write it', WRITTEN],
    ['without an indentation', WRITTEN.replaceAll('\n  ', '\n')],
    ['to its last character', WRITTEN.replace(/plugins:[\s\S]*$/, '').trimEnd()],
    ['with line ends of Windows', WRITTEN.replaceAll('\n', '\r\n')],
    ['with characters of several bytes', WRITTEN.replace('by hand', 'à la main 🙂')],
  ])('are found in one %s, and the others go with them', async (_, text) => {
    const lines = linesOf(text);
    expect(lines).toHaveLength(3);
    for (const keep of [[0], [1], [2], [0, 2]]) {
      const subset = await subsetSqlcConfig(Buffer.from(text), keep, lines);
      const whole = parse(text);
      expect(parse(subset.toString())).toEqual({ ...whole, sql: keep.map((index) => whole.sql[index]) });
    }
  });

  test.each([
    ['an anchor may lead from one to another', WRITTEN.replace('engine: mysql', 'engine: &e mysql')],
    ['they share a line', 'version: "2"\nsql: [{engine: mysql}, {engine: sqlite}]\n'],
    ['a tag stands in front', WRITTEN.replace('- engine: mysql', '- !!map\n    engine: mysql')],
    ['a dash stands alone', WRITTEN.replace('- engine: mysql', '-\n    engine: mysql')],
    ['there is no list', 'version: "2"\nsql: none\n'],
    ['there is nothing', 'version: "2"\n'],
  ])('are not told where %s', (_, text) => {
    expect(linesOf(text)).toBe(null);
  });

  test('lead to the same subset of arbitrary lines as parsing all of them', async () => {
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
      ...['    k: |', '  -', '\t', '  # - l', '- ', '  - ? m', '    : n'],
    );
    const entry = fc.constantFrom(
      ...[
        '  - engine: a',
        '  - engine: a\n    schema: |\n      - engine: b\n\n    queries: c',
        '  - a: >-\n      b\n\n',
      ],
      ...[
        '  -   a: b\n      c: d',
        '  - a: "b\n      - c"',
        "  - a: 'b\n\n      c' # d",
        '  - {a: b,\n     c: d}',
      ],
      ...[
        '  - a: [b,\n      c]\n  # d\n',
        '  - ? a\n    : b',
        '  - a:\n    - b\n    - c',
        '  - a: b\n      c\n\n# d',
      ],
    );
    const part = fc.oneof({ weight: 12, arbitrary: entry }, { weight: 1, arbitrary: line });
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { minLength: 1, maxLength: 7 }),
        fc.nat({ max: 3 }),
        async (written, at) => {
          const text = ['version: "2"', 'sql:', ...written, ''].join('\n');
          const lines = linesOfReadable(text);
          if (lines?.[at] === undefined) return;
          compared += 1;
          const [sliced, parsed] = await Promise.all(
            [lines, null].map((given) => subsetSqlcConfig(Buffer.from(text), [at], given)),
          );
          expect(parse(String(sliced))).toEqual(parse(String(parsed)));
        },
      ),
      {
        numRuns: 5000,
        seed: 7,
        examples: [[['  - engine: a', '  - a: >-\n      b\n\n', '  - engine: a', '\t'], 1]],
      },
    );
    expect(compared).toBeGreaterThan(1000);
  });
});

/** Null, too, where the text is nothing that `readSqlcConfig` takes. */
function linesOfReadable(text: string): readonly TextSpan[] | null {
  try {
    const { sql } = parse(text);
    const isEntries = Array.isArray(sql) && sql.every((entry) => entry !== null && typeof entry === 'object');
    return isEntries ? linesOf(text) : null;
  } catch {
    return null;
  }
}
