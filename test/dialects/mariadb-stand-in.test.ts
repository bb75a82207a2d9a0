import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DevServer } from '../../src/devdb/dev-server.ts';
import { openDevServer } from '../../src/devdb/open-dev-server.ts';
import { createScratch, type Scratch } from '../../src/process/scratch.ts';
import { repositoryTool } from '../process/repository-tool.ts';
import { COLUMN_FIXTURES, TABLE_FIXTURES } from './mariadb-rows.ts';
import { planThroughMariadb } from './plan-on.ts';

let scratch: Scratch;
let server: DevServer;
let atlas: string;
beforeAll(async () => {
  scratch = await createScratch();
  [server, atlas] = await Promise.all([
    openDevServer('mysql', 'system', { scratch }),
    repositoryTool('atlas').then(({ path }) => path),
  ]);
});
afterAll(async () => {
  await server.close();
  await scratch.remove();
});
const plan = (hcl: string) => planThroughMariadb(hcl, { scratch, server, atlas });

const SCHEMA = 'schema "dev" {\n  charset = "utf8mb4"\n  collate = "utf8mb4_0900_ai_ci"\n}\n';

describe('what is planned through MariaDB', () => {
  it('has each column as MySQL 8 prints it, and a replay of it too', async () => {
    const tables = COLUMN_FIXTURES.map(
      ({ hcl }, index) => `table "t${index}" {\n  schema = schema.dev\n  column "c" {\n ${hcl}\n  }\n}\n`,
    );
    const { planned, replayed } = await plan(SCHEMA + tables.join(''));
    const found = (sql: string) =>
      COLUMN_FIXTURES.map((_, index) => {
        const body = sql.split(`CREATE TABLE \`t${index}\` (\n  `)[1] ?? '';
        return body.slice(0, body.indexOf('\n) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci;'));
      });
    expect(found(planned)).toEqual(COLUMN_FIXTURES.map(({ mysql }) => mysql));
    expect(found(replayed)).toEqual(COLUMN_FIXTURES.map(({ mysql }) => mysql));
  });

  it.each(TABLE_FIXTURES)('has $construct as MySQL 8 prints it', async ({ hcl, mysql }) => {
    const { planned, replayed } = await plan(`${SCHEMA}table "t" {
  schema = schema.dev
  column "id" {
    type = bigint
    auto_increment = true
  }
  column "other_id" {
    type = bigint
    null = true
  }
  column "size" {
    type = int
  }
  column "name" {
    type = varchar(100)
  }
  column "body" {
    type = text
  }
  primary_key {
    columns = [column.id]
  }
  ${hcl}
}
`);
    expect(planned).toContain(mysql);
    expect(replayed).toBe(planned);
  });

  it('has the collation that MySQL 8 gives a schema that names none', async () => {
    const { planned } = await plan(
      'schema "dev" {\n}\ntable "t" {\n  schema = schema.dev\n  column "c" {\n    type = text\n  }\n}\n',
    );
    expect(planned).toBe(
      '-- Create "t" table\nCREATE TABLE `t` (\n  `c` text NOT NULL\n) CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci;\n',
    );
  });
});

it('every row says where it is known from', () => {
  for (const { construct, source } of [...COLUMN_FIXTURES, ...TABLE_FIXTURES]) {
    expect(source, construct).toMatch(/MySQL 8\.0 Reference Manual|Atlas's|sql\/mysql/);
  }
});
