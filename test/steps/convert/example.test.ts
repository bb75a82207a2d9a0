import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { converted } from './convert.ts';

const schema = (database: string): string =>
  readFileSync(new URL(`../../../tools/sqlc/schemas/postgres/${database}.sql`, import.meta.url), 'utf8');

const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

describe("the example's schemas", () => {
  // The later files leave out what an earlier one declares, so they are read after it.
  it.each([['keygen'], ['keygen', 'sign'], ['keygen', 'sign', 'watch']])(
    'are converted whole: %s %s %s',
    async (...databases) => {
      const postgres = databases.map(schema).join('');
      const sqlite = await converted(postgres);
      for (const pattern of [
        /^CREATE TABLE /gm,
        /^CREATE UNIQUE INDEX /gm,
        /^CREATE INDEX /gm,
        / FOREIGN KEY /g,
        /CONSTRAINT "?chk_/g,
      ]) {
        expect([pattern, count(sqlite, pattern)]).toEqual([pattern, count(postgres, pattern)]);
      }
      for (const [, comment] of postgres.matchAll(/^COMMENT ON .* IS '(.*)';$/gm)) {
        expect(sqlite).toMatch(new RegExp(`^ *-- ${comment?.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`, 'm'));
      }
    },
  );
});
