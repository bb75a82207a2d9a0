import { describe, expect, it } from 'vitest';
import { mysql } from '../../src/dialects/mysql.ts';
import { extractSchema } from '../../src/steps/atlas-extract.ts';
import { planMigration } from '../../src/steps/atlas-plan.ts';
import { databaseFor, type PlanningServer, serverWords } from '../../src/steps/server-words.ts';
import type { StepResult } from '../../src/steps/step-result.ts';
import { mysqlRows } from '../devdb/mysql-rows.ts';
import { useBench } from './pipeline.ts';

const bench = useBench({ dialect: 'mysql', setting: 'system' });
const STYLE = { format: '{{ sql . "  " }}', qualified: false };

const HCL = `schema "shop" {
  charset = "utf8mb4"
}
table "orders" {
  schema = schema.shop
  column "id" {
    type = bigint
  }
  column "state" {
    type    = varchar(20)
    default = "it's open"
  }
  column "placed_at" {
    type    = datetime(6)
    default = sql("CURRENT_TIMESTAMP(6)")
  }
  column "facts" {
    type = json
  }
  primary_key {
    columns = [column.id]
  }
  foreign_key "fk_parent" {
    columns     = [column.id]
    ref_columns = [column.id]
  }
}
`;
const PLANNED = `-- Create "orders" table
CREATE TABLE \`orders\` (
  \`id\` bigint NOT NULL,
  \`state\` varchar(20) NOT NULL DEFAULT "it's open",
  \`placed_at\` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  \`facts\` json NOT NULL,
  PRIMARY KEY (\`id\`),
  CONSTRAINT \`fk_parent\` FOREIGN KEY (\`id\`) REFERENCES \`orders\` (\`id\`) ON UPDATE NO ACTION ON DELETE NO ACTION
) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci;
`;

const wordsFor = async (hcl: string, server: PlanningServer) =>
  serverWords(mysql, server, [{ path: 'db/shop.hcl', bytes: Buffer.from(hcl) }]);

async function plan(hcl: string): Promise<StepResult> {
  const server = await bench.server();
  const words = await wordsFor(hcl, server);
  return planMigration({
    ...{ words, migrationsDir: 'm/shop', baseline: '1_first.sql', style: STYLE, dialect: mysql },
    devUrl: await server.createDatabase('plan', { qualified: false, ...words.database }),
    atlas: await bench.atlas(),
    workspace: await bench.workspace(),
  });
}

describe('the steps of a MySQL schema', () => {
  it("plan it in MySQL's words, and replay those", async () => {
    const made = await plan(HCL);
    if (made.kind !== 'made') throw new Error(JSON.stringify(made));
    expect(made.outputs.get('m/shop/1_first.sql')?.toString()).toBe(PLANNED);
    const server = await bench.server();
    const words = await wordsFor(HCL, server);
    const schema = await extractSchema({
      ...{ migrations: made.outputs, words, style: STYLE, dialect: mysql },
      devUrl: await server.createDatabase('extract', { qualified: false, ...words.database }),
      atlas: await bench.atlas(),
      workspace: await bench.workspace(),
    });
    expect(schema).toBe(PLANNED);
  });

  it('have the database as the schema says where nothing stands in', async () => {
    const server: PlanningServer = { ...(await bench.server()), standIn: null };
    const words = await wordsFor(HCL.replace('"utf8mb4"', '"latin1"'), server);
    expect(words).toMatchObject({ through: null, database: { charset: 'latin1', collation: undefined } });
    expect(words.fromServer('DEFAULT (current_timestamp())')).toBe('DEFAULT (current_timestamp())');
  });

  it('say where Atlas refuses the schema, in the lines that people wrote', async () => {
    const made = await plan(HCL.replace('[column.id]\n  }\n}', '[column.nope]\n  }\n}'));
    expect(made).toMatchObject({ kind: 'refused', problems: [{ path: 'db/shop.hcl', message: /nope/ }] });
    expect(made.kind === 'refused' ? made.problems[0]?.line : null).toBe(
      HCL.split('\n').findIndex((line) => line.includes('ref_columns')) + 1,
    );
  });

  it('say where a file is not HCL', async () => {
    expect(await plan('schema "shop" {\n')).toMatchObject({
      kind: 'refused',
      problems: [{ path: 'db/shop.hcl', line: 1 }],
    });
  });

  it('call it no fault of the schema where a server that stands in refuses it', async () => {
    const server = await bench.server();
    const tooLong = HCL.replace('varchar(20)', 'varchar(70000)');
    const refused = { code: 'stand-in-unsupported', message: /Error \d{4}/, place: { path: 'db/shop.hcl' } };
    if (server.standIn === null) expect(await plan(tooLong)).toMatchObject({ kind: 'refused' });
    else
      await expect(plan(tooLong)).rejects.toMatchObject({
        ...refused,
        message: expect.stringMatching(refused.message),
      });
  });
});

describe('names with their schema', () => {
  it("are planned on a server whose default is MySQL's, whatever the schema's collation is", async () => {
    const server = await bench.server();
    const words = await wordsFor(HCL.replace('"utf8mb4"', '"utf8mb4"\n  collate = "utf8mb4_bin"'), server);
    const url = await databaseFor(words, server, { name: 'plan', qualified: true });
    const [row] = await mysqlRows(url, 'SELECT @@collation_server');
    expect(words.fromServer(`CREATE DATABASE \`x\` COLLATE ${row?.[0]}`)).toMatch(/utf8mb4_0900_ai_ci$/);
  });

  it('are planned on a server of their own, or refused where Atlas knows no socket without a database', async () => {
    const [server, atlas] = await Promise.all([bench.server(), bench.atlas()]);
    const words = await wordsFor(HCL, server);
    const planned = planMigration({
      ...{ words, migrationsDir: 'm/shop', baseline: '1_first.sql', dialect: mysql, atlas },
      style: { ...STYLE, qualified: true },
      devUrl: await databaseFor(words, server, { name: 'plan', qualified: true }),
      workspace: await bench.workspace(),
    });
    // The version that this repository is pinned to is one of those.
    await expect(planned).rejects.toMatchObject({ code: 'atlas-failed' });
  });
});
