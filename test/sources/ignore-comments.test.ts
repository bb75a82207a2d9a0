import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DialectName } from '../../src/config/dialect-names.ts';
import {
  hclIgnoreComments,
  type IgnoreComment,
  sqlIgnoreComments,
  suppressed,
} from '../../src/sources/ignore-comments.ts';
import { hclBody } from '../format/hcl-arbitrary.ts';

const RULE = 'schema/naming';

/** `line:column rule (reason) first-last`, the stretch as `line:column` each. */
function said({ line, column, rule, reason, covers }: IgnoreComment): string {
  const at = (place: { line: number; column: number }): string =>
    place.column === Number.POSITIVE_INFINITY ? `${place.line}:end` : `${place.line}:${place.column}`;
  const stretch = covers === null ? 'nothing' : `${at(covers.first)}-${at(covers.last)}`;
  return `${line}:${column} ${rule} (${reason}) ${stretch}`;
}

async function inHcl(text: string): Promise<readonly string[]> {
  return (await hclIgnoreComments('a.hcl', Buffer.from(text))).map(said);
}

function inSql(text: string, dialect: DialectName = 'postgres'): readonly string[] {
  return sqlIgnoreComments('a.sql', Buffer.from(text), dialect).map(said);
}

describe('ignore comments in HCL', () => {
  it('cover their own line behind something, and the next line of code on a line of their own', async () => {
    const text = `table "é" { # dbcheck-ignore ${RULE}: old name
  // dbcheck-ignore schema/a: one

  # another comment
  # dbcheck-ignore schema/b: two
  /* and
     one more */
  column "id" {
  }
}
`;
    expect(await inHcl(text)).toEqual([
      `1:13 ${RULE} (old name) 1:1-1:end`,
      '2:3 schema/a (one) 8:1-8:end',
      '5:3 schema/b (two) 8:1-8:end',
    ]);
  });

  it('cover nothing where no line of code follows', async () => {
    expect(await inHcl(`a = 1\n# dbcheck-ignore ${RULE}: late\n\n# end\n`)).toEqual([
      `2:1 ${RULE} (late) nothing`,
    ]);
  });

  it('are none in strings and heredocs', async () => {
    const text = `a = "# dbcheck-ignore ${RULE}: x"
b = <<-EOT
  # dbcheck-ignore ${RULE}: x
EOT
c = 1 /* dbcheck-ignore ${RULE}: it is */
`;
    expect(await inHcl(text)).toEqual([`5:7 ${RULE} (it is) 5:1-5:end`]);
  });

  it('count the same with line ends and a byte order mark of Windows', async () => {
    const text = `# dbcheck-ignore ${RULE}: x\na = 1\n`;
    expect(await inHcl(`\ufeff${text.replaceAll('\n', '\r\n')}`)).toEqual(await inHcl(text));
  });
});

describe('ignore comments in SQL', () => {
  it('cover the statement that they stand in or before, its name included', () => {
    const text = `-- name: GetA :one
SELECT 1;

-- dbcheck-ignore query/a: before
-- name: GetB :one
SELECT 2 -- dbcheck-ignore query/b: within
  FROM b;
-- name: GetC :one
SELECT 3;
`;
    expect(inSql(text)).toEqual(['4:1 query/a (before) 2:10-7:9', '6:10 query/b (within) 2:10-7:9']);
  });

  it('cover the statement that they stand behind on its last line', () => {
    expect(inSql(`SELECT 1; -- dbcheck-ignore query/a: it is so\nSELECT 2;\n`)).toEqual([
      '1:11 query/a (it is so) 1:1-1:45',
    ]);
  });

  it('cover a last statement without a semicolon, and nothing where none follows', () => {
    expect(inSql(`-- dbcheck-ignore query/a: x\nSELECT 1`)).toEqual(['1:1 query/a (x) 1:1-2:8']);
    expect(inSql(`SELECT 1;\n-- dbcheck-ignore query/a: x\n`)).toEqual(['2:1 query/a (x) nothing']);
  });

  const mark = '-- dbcheck-ignore query/a: x\n';
  it.each<[DialectName, string]>([
    ['postgres', `SELECT 'it''s ;${mark}';`],
    ['postgres', `SELECT E'\\' ;${mark}';`],
    ['postgres', `SELECT $a$ ; ${mark} $$ $a$;`],
    ['postgres', `SELECT ";${mark}";`],
    ['postgres', `SELECT 1 /* /* */ ${mark} */;`],
    ['mysql', `SELECT 'a\\' ;${mark}';`],
    ['mysql', `SELECT "a\\" ;${mark}";`],
    ['mysql', `SELECT \`;${mark}\`;`],
    ['sqlite', `SELECT [;${mark}];`],
    ['sqlite', `SELECT \`;${mark}\`;`],
  ])('are none in the strings, names and comments of %s: %s', (dialect, text) => {
    expect(inSql(text, dialect)).toEqual([]);
  });

  it.each<[DialectName, string, string]>([
    ['postgres', `SELECT '\\'; -- dbcheck-ignore a/b: x`, '1:13'],
    ['postgres', `SELECT $1, $2 -- dbcheck-ignore a/b: x`, '1:15'],
    ['postgres', `SELECT a$b$ -- dbcheck-ignore a/b: x`, '1:13'],
    ['postgres', `SELECT a #> b -- dbcheck-ignore a/b: x`, '1:15'],
    ['postgres', `SELECT a[1] --dbcheck-ignore a/b: x`, '1:13'],
    ['mysql', `SELECT 1 # dbcheck-ignore a/b: x`, '1:10'],
    ['mysql', `SELECT 1 /* /* */ -- dbcheck-ignore a/b: x`, '1:19'],
    ['sqlite', `SELECT '\\' /* dbcheck-ignore a/b: x */`, '1:12'],
  ])('are found by the words of %s: %s', (dialect, text, place) => {
    expect(inSql(text, dialect)).toMatchObject([expect.stringMatching(`^${place} a/b \\(x\\) `)]);
  });
});

describe('the words of an ignore comment', () => {
  it.each([
    ['dbcheck-ignore a/b: why: because', 'a/b (why: because)'],
    ['dbcheck-ignore a/b : why', 'a/b (why)'],
    ['dbcheck-ignore a/b:', 'a/b (null)'],
    ['dbcheck-ignore a/b', 'a/b (null)'],
    ['dbcheck-ignore a/b why', 'a/b (null)'],
    ['dbcheck-ignore', ' (null)'],
    ['dbcheck-ignore: why', ' (why)'],
  ])('%s', (words, expected) => {
    expect(inSql(`-- ${words}\nSELECT 1`)[0]).toContain(`1:1 ${expected} `);
  });

  it.each(['dbcheck-ignored a/b: x', 'dbcheck-ignore-next a/b: x', 'see dbcheck-ignore a/b: x'])(
    'are no directive: %s',
    (words) => {
      expect(inSql(`-- ${words}\nSELECT 1`)).toEqual([]);
    },
  );
});

describe('suppressed', () => {
  const found = (rule: string, line: number | null, column: number | null, path = 'a.sql') => ({
    rule,
    location: { path, line, column },
  });
  const comments = sqlIgnoreComments(
    'a.sql',
    Buffer.from('SELECT 1; SELECT 2\n  FROM b; -- dbcheck-ignore query/a: x\n'),
    'postgres',
  );

  it('takes away what the rule finds in the stretch, and nothing else', () => {
    const inside = [found('query/a', 1, 11), found('query/a', 2, 3)];
    const outside = [
      found('query/a', 1, 1),
      found('query/b', 2, 3),
      found('query/a', 2, 3, 'b.sql'),
      found('query/a', 3, 1),
      found('query/a', null, null),
    ];
    const { kept, used } = suppressed([...inside, ...outside], comments);
    expect(kept).toEqual(outside);
    expect(used).toEqual(new Set(comments));
    expect(suppressed(outside, comments).used).toEqual(new Set());
  });

  it('takes nothing away without a reason', () => {
    const bare = comments.map((comment) => ({ ...comment, reason: null }));
    expect(suppressed([found('query/a', 2, 3)], bare).kept).toHaveLength(1);
  });
});

describe('any bytes', () => {
  const mark = Buffer.from('dbcheck-ignore a/b: x');
  const hostile = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc
      .string({ unit: fc.constantFrom(...`'"\`$[]a;-#/*\\E \n`), maxLength: 80 })
      .map((text) => Buffer.from(text)),
  );
  const bytes = fc.tuple(hostile, hostile).map((parts) => Buffer.concat([parts[0], mark, parts[1]]));

  it('come out as comments or as none in SQL', () => {
    fc.assert(
      fc.property(bytes, fc.constantFrom<DialectName>('postgres', 'mysql', 'sqlite'), (text, dialect) => {
        for (const { line, column } of sqlIgnoreComments('a.sql', text, dialect)) {
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('come out as comments or as none in HCL', async () => {
    const mutated = fc.tuple(hclBody, hostile, fc.nat()).map(([body, noise, at]) => {
      const source = Buffer.from(body);
      const index = at % (source.length + 1);
      return Buffer.concat([
        source.subarray(0, index),
        noise,
        Buffer.from('# '),
        mark,
        source.subarray(index),
      ]);
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(bytes, mutated), async (text) => {
        for (const { line, column } of await hclIgnoreComments('a.hcl', text)) {
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
