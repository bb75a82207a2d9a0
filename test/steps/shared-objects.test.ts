import { describe, expect, it } from 'vitest';
import { postgres } from '../../src/dialects/postgres.ts';
import { shareObjects } from '../../src/steps/shared-objects.ts';

const KIND = `-- Create enum type "kind"\nCREATE TYPE "kind" AS ENUM ('a b', 'c');\n`;
const REGIONS = `-- Create "regions" table
CREATE TABLE "regions" (
  "id" bigint NOT NULL,
  "kind" "kind" NOT NULL
);
-- Create index "idx" to table: "regions"
CREATE INDEX "idx" ON "regions" ("id");
-- Set comment to index: "idx" on table: "regions"
COMMENT ON INDEX "idx" IS 'one; row';
-- Set comment to column: "id" on table: "regions"
COMMENT ON COLUMN "regions" ."id" IS 'it''s';
ALTER TABLE "regions" ADD CONSTRAINT "self" FOREIGN KEY ("id") REFERENCES "regions" ("id");
`;
const own = (name: string) => `-- Create "${name}" table\nCREATE TABLE "${name}" ("id" bigint NOT NULL);\n`;

async function share(schemas: Readonly<Record<string, string>>) {
  return shareObjects(
    await Promise.all(
      Object.entries(schemas).map(async ([id, sql]) => ({ id, statements: await postgres.splitSchema(sql) })),
    ),
  );
}

describe('shareObjects', () => {
  it('keeps an object in the first file, with its indexes, comments and constraints', async () => {
    const { texts, conflicts, leftOut } = await share({
      a: KIND + own('a') + REGIONS,
      b: KIND + REGIONS + own('b'),
      c: own('c') + KIND,
    });
    expect(texts.get('a')).toBe(KIND + own('a') + REGIONS);
    expect(texts.get('b')).toBe(own('b'));
    expect(texts.get('c')).toBe(own('c'));
    expect(conflicts).toEqual([]);
    expect(leftOut).toEqual([
      { name: 'kind', id: 'b', owner: 'a' },
      { name: 'regions', id: 'b', owner: 'a' },
      { name: 'kind', id: 'c', owner: 'a' },
    ]);
  });

  it('takes no difference of layout for one of definition', async () => {
    const flat = REGIONS.replace(/\(\n {2}|,\n {2}|\n\)/g, (text) =>
      text.replace(/\s+/g, text === ',\n  ' ? ' ' : ''),
    );
    const { texts, conflicts } = await share({ a: KIND + REGIONS, b: KIND + flat + own('b') });
    expect(flat).not.toBe(REGIONS);
    expect(conflicts).toEqual([]);
    expect(texts.get('b')).toBe(own('b'));
  });

  it.each([
    ['a column', REGIONS.replace('bigint', 'integer'), 'regions'],
    ['an index', REGIONS.replace('CREATE INDEX', 'CREATE UNIQUE INDEX'), 'regions'],
    ['spaces in a comment', REGIONS.replace('one; row', 'one;  row'), 'regions'],
    ['a missing comment', REGIONS.replace(/COMMENT ON COLUMN.*\n/, ''), 'regions'],
  ])('keeps both where %s differs, and says so', async (_, other, name) => {
    const { texts, conflicts } = await share({ a: KIND + REGIONS, b: KIND + other });
    expect(texts.get('b')).toBe(other);
    expect(conflicts).toMatchObject([{ kind: 'table', name, first: 'a', second: 'b' }]);
  });

  it('tells a type from a table of the same name', async () => {
    const { texts, conflicts } = await share({ a: own('x'), b: `CREATE TYPE "x" AS ENUM ('a');\n` });
    expect(texts.get('b')).toBe(`CREATE TYPE "x" AS ENUM ('a');\n`);
    expect(conflicts).toEqual([]);
  });
});
