import { describe, expect, it } from 'vitest';
import { mysql } from '../../src/dialects/mysql.ts';

const SQL = `-- Add new schema named "shop"
CREATE DATABASE \`shop\` CHARSET utf8mb4 COLLATE utf8mb4_bin;
-- Create "a;b" table
CREATE TABLE \`shop\`.\`a;b\` (
  \`id\` bigint NOT NULL,
  \`note\` text NULL COMMENT "it's; \\"so\\" -- REFERENCES \`x\`",
  \`kind\` enum('a;b','c''d') NOT NULL DEFAULT 'c''d',
  CONSTRAINT \`fk\` FOREIGN KEY (\`id\`) REFERENCES \`shop\`.\`c\` (\`id\`) ON UPDATE NO ACTION,
  CONSTRAINT \`self\` FOREIGN KEY (\`id\`) REFERENCES \`a;b\` (\`id\`)
) CHARSET utf8mb4;
/* a; b */ CREATE TABLE \`c\`\`d\` (\`id\` int);

-- Modify "c" table
ALTER TABLE \`c\` ADD CONSTRAINT \`x\` FOREIGN KEY (\`id\`) REFERENCES \`a;b\` (\`id\`);
CREATE UNIQUE INDEX \`i\` ON \`c\` (\`id\`); CREATE TABLE \`last\` (\`id\` int)`;

describe('the MySQL dialect splits a schema', () => {
  it('into statements whose texts are the file', async () => {
    const statements = await mysql.splitSchema(SQL);
    expect(statements.map(({ text }) => text).join('')).toBe(SQL);
    expect(statements.map(({ object, references }) => [object?.name ?? null, references])).toEqual([
      [null, null],
      ['a;b', ['c', 'a;b']],
      ['c`d', []],
      ['c', null],
      ['c', null],
      ['last', []],
    ]);
  });

  it('with the comment before a statement and the line end after it', async () => {
    const texts = (await mysql.splitSchema(SQL)).map(({ text }) => text);
    expect(texts[1]).toMatch(/^-- Create "a;b" table\nCREATE TABLE [\s\S]* CHARSET utf8mb4;\n$/);
    expect(texts[2]).toBe('/* a; b */ CREATE TABLE `c``d` (`id` int);\n');
  });

  it.each(['', '\n', '-- nothing\n', 'CREATE TABLE `t', "'", '/*', '`'])('%j loses nothing', async (sql) => {
    expect((await mysql.splitSchema(sql)).map(({ text }) => text).join('')).toBe(sql);
  });
});

describe("the MySQL dialect reads a database's charset and collation", () => {
  it('off the schema block, whichever file has it', async () => {
    const source = (text: string) => ({ path: 'x.hcl', bytes: Buffer.from(text) });
    const block = 'schema "a" {\n  charset = "latin1"\n  collate = "latin1_bin"\n}\n';
    expect(await mysql.databaseDefaults?.([source('table "t" {\n}\n'), source(block)])).toEqual({
      charset: 'latin1',
      collation: 'latin1_bin',
    });
    expect(await mysql.databaseDefaults?.([source('schema "a" {\n}\n')])).toEqual({});
    expect(await mysql.databaseDefaults?.([])).toEqual({});
  });
});
