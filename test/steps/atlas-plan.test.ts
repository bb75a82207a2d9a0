import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { postgres } from '../../src/dialects/postgres.ts';
import type { Place } from '../../src/errors.ts';
import { extractSchema } from '../../src/steps/atlas-extract.ts';
import { planMigration } from '../../src/steps/atlas-plan.ts';
import { atlasSum } from '../../src/steps/atlas-sum.ts';
import { serverWords } from '../../src/steps/server-words.ts';
import type { SourceFile, StepResult } from '../../src/steps/step-result.ts';
import { sql } from '../devdb/sql.ts';
import { ORDERS_HCL } from '../scenarios/shop.ts';
import { useBench } from './pipeline.ts';

const bench = useBench();
const STYLE = { format: '{{ sql . "  " }}', qualified: false };
const PUBLIC = 'schema "public" {\n}\n';
const table = (name: string, columns = '', rest = '') =>
  `table "${name}" {\n  schema = schema.public\n  column "id" {\n    type = bigint\n  }\n${columns}${rest}}\n`;

/** A schema on a server of its own dialect. */
const ownWords = async (sources: readonly SourceFile[]) =>
  serverWords(postgres, await bench.server(), sources);

async function plan(files: Readonly<Record<string, string>>, devUrl?: string): Promise<StepResult> {
  const server = await bench.server();
  return planMigration({
    words: await ownWords(Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) }))),
    ...{ migrationsDir: 'm/x', baseline: '1_first.sql', style: STYLE, dialect: postgres },
    devUrl: devUrl ?? (await server.createDatabase('plan', { qualified: false })),
    atlas: await bench.atlas(),
    workspace: await bench.workspace(),
  });
}

async function baseline(files: Readonly<Record<string, string>>): Promise<string> {
  const made = await plan(files);
  if (made.kind !== 'made') throw new Error(JSON.stringify(made));
  return made.outputs.get('m/x/1_first.sql')?.toString() ?? '';
}

describe('planMigration', () => {
  it('makes one migration under the given name, and the sum that fits it', async () => {
    const made = await plan({ 'a.hcl': ORDERS_HCL });
    if (made.kind !== 'made') throw new Error(JSON.stringify(made));
    expect([...made.outputs.keys()]).toEqual(['m/x/1_first.sql', 'm/x/atlas.sum']);
    const bytes = made.outputs.get('m/x/1_first.sql') ?? Buffer.alloc(0);
    expect(made.outputs.get('m/x/atlas.sum')).toEqual(atlasSum(new Map([['1_first.sql', bytes]])));
  });

  it('gives the same bytes for Windows line ends, and for a schema in several files', async () => {
    const whole = await baseline({ 'a.hcl': ORDERS_HCL });
    expect(await baseline({ 'a.hcl': ORDERS_HCL.replaceAll('\n', '\r\n') })).toBe(whole);
    const cut = ORDERS_HCL.indexOf('\nenum ');
    expect(await baseline({ 'x/a.hcl': ORDERS_HCL.slice(0, cut), 'x/b.hcl': ORDERS_HCL.slice(cut) })).toBe(
      whole,
    );
  });

  it('makes nothing of a schema without objects', async () => {
    expect(await plan({ 'a.hcl': PUBLIC })).toEqual({ kind: 'made', outputs: new Map() });
  });

  it.each([
    [
      'an unknown type',
      `${PUBLIC}table "t" {\n  schema = schema.public\n  column "id" {\n    type = nope\n  }\n}\n`,
      6,
      /nope/,
    ],
    ['what is not HCL', `${PUBLIC}table "t" {\n`, 3, /block/i],
    [
      'what is not HCL, with Windows line ends',
      `${PUBLIC}table "t" {\n`.replaceAll('\n', '\r\n'),
      3,
      /block/i,
    ],
    [
      'a second schema, where names are without theirs',
      `${PUBLIC}\nschema "audit" {\n}\n${table('t')}`,
      PUBLIC.split('\n').length + 1,
      /migrations\.qualified: true/,
    ],
    ['a table there twice', PUBLIC + table('t') + table('u') + table('t'), 15, /t/],
    [
      'a CHECK that the server refuses',
      PUBLIC + table('t', '', '  check "chk" {\n    expr = "nope > 1"\n  }\n'),
      null,
      /nope/,
    ],
  ])('refuses %s at its place', async (_, text, line, message) => {
    const made = await plan({ 'other.hcl': '', 'db/a b.hcl': text });
    expect(made).toMatchObject({ kind: 'refused' });
    const [problem] = made.kind === 'refused' ? made.problems : [];
    expect(problem?.message).toMatch(message);
    if (line !== null) expect(problem).toMatchObject({ path: 'db/a b.hcl', line });
  });

  it('does not blame the schema for a server that is not there, is not empty, or lacks the database', async () => {
    const server = await bench.server();
    const used = await server.createDatabase('used', { qualified: false });
    await sql(used.replace(/search_path=public&?/, ''), 'CREATE TABLE somebodys (id bigint)');
    const lacking = used.replace(/\/\/([^/]*)\/[^?]*/, '//$1/nope');
    expect(lacking).not.toBe(used);
    for (const url of [used, lacking, 'postgres://u@/db?host=/nonexistent&sslmode=disable', 'nope://x']) {
      const planned = plan({ 'a.hcl': ORDERS_HCL }, url).then(
        ({ kind }) => `${url}: ${kind}`,
        ({ code }) => code,
      );
      expect(await planned).toBe('atlas-failed');
    }
  });
});

describe('extractSchema', () => {
  const extract = async (migrations: ReadonlyMap<string, Buffer>, formatPlace?: Place) =>
    extractSchema({
      ...{ migrations, formatPlace, style: STYLE, dialect: postgres, words: await ownWords([]) },
      devUrl: await (await bench.server()).createDatabase('extract', { qualified: false }),
      atlas: await bench.atlas(),
      workspace: await bench.workspace(),
    });

  it('prints what the migrations end in, without the schema that every database has', async () => {
    const made = await plan({ 'a.hcl': ORDERS_HCL });
    if (made.kind !== 'made') throw new Error(JSON.stringify(made));
    const schema = await extract(made.outputs);
    expect(schema).toContain('CREATE TABLE "orders" (\n');
    expect(schema).not.toContain('CREATE SCHEMA');
    expect(await extract(new Map())).toBe('');
  });

  it('refuses a folder whose sum does not fit', async () => {
    const migrations = new Map([
      [join('m/x', '1_first.sql'), Buffer.from('CREATE TABLE "t" ("id" bigint);\n')],
      [join('m/x', 'atlas.sum'), atlasSum(new Map())],
    ]);
    await expect(extract(migrations)).rejects.toMatchObject({
      code: 'atlas-failed',
      hint: expect.stringContaining('dbcheck tools'),
    });
  });

  it('names a format of the configuration where what it wrote does not replay', async () => {
    const baseline = ['1_first.sql', Buffer.from('x')] as const;
    const migrations = new Map([baseline, ['atlas.sum', atlasSum(new Map([baseline]))]]);
    await expect(extract(migrations)).rejects.toMatchObject({
      code: 'atlas-failed',
      hint: expect.not.stringContaining('migrations.format'),
    });
    await expect(extract(migrations, { path: 'dbcheck.config.yaml' })).rejects.toMatchObject({
      code: 'atlas-failed',
      hint: expect.stringContaining('migrations.format'),
    });
  });
});
