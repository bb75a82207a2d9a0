import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { fingerprint } from '../../support/fingerprint.ts';
import type { Files } from '../../support/repository.ts';
import { expectError } from '../errors/expect-error.ts';
import { QUERY_PATHS, querySources } from '../query-shop.ts';
import { copyOf, expectExit, freshShop, type Shop } from '../shop.ts';

const CONFIG = 'dbcheck.config.yaml';

let fresh: Shop;
beforeAll(async () => {
  fresh = await freshShop(await querySources());
});
afterAll(() => fresh.remove());

async function staged(files: Files): Promise<Shop> {
  const shop = await copyOf(fresh);
  onTestFinished(() => shop.remove());
  await shop.write(files);
  await shop.git('add', '--all');
  return shop;
}

describe('outputs that a configuration names', () => {
  const PATHS: readonly (readonly [string, number, RegExp])[] = [
    ["migrations: {dir: '../{dialect}/{database}'}", 19, /`migrations.dir` leaves the git repository/],
    ["migrations: {dir: '/tmp/{dialect}/{database}'}", 19, /`migrations.dir` is absolute/],
    ["migrations: {dir: '.git/hooks/{dialect}/{database}'}", 19, /`migrations.dir` points into `.git`/],
    ["migrations: {dir: 'a/../../{dialect}/{database}'}", 19, /`migrations.dir` has a `..` after a folder/],
    ['migrations: {baseline: ../../1_x.sql}', 24, /`migrations.baseline` must be a file name/],
    ["sqlcSchemas: '.GIT/{dialect}/{database}.sql'", 14, /`sqlcSchemas` points into `.git`/],
    [
      'sqlcSchemas: {app: ../../../../../app.sql}',
      14,
      /`sqlcSchemas` has the file name .* which can't stand in a path/,
    ],
  ];

  test.each(PATHS)('by %s at column %i', async (text, column, message) => {
    const shop = await staged({ [CONFIG]: `${text}\n` });
    for (const args of [['staged'], ['fix']]) {
      await expectError(shop, args, {
        ...{ code: 'config-invalid', message, hint: /correct the file/ },
        place: `${CONFIG}:1:${column}`,
      });
    }
  });

  const SQLC: readonly (readonly [string, string, number, RegExp])[] = [
    ['out: ../../internal/store', 'out: ../../../store', 14, /`..\/..\/..\/store` leaves the git repository/],
    ['out: ../../internal/store', 'out: ../../.git/hooks', 14, /`..\/..\/.git\/hooks` points into `.git`/],
    [
      'package: store',
      'package: store\n        output_db_file_name: ../../../db.go',
      30,
      /leaves the git repository/,
    ],
    [
      'package: store',
      'package: store\n        output_models_file_name: ../../.git/x.go',
      34,
      /points into `.git`/,
    ],
    [
      'package: store',
      'package: store\n        output_files_suffix: /../../../../x.go',
      30,
      /is no end of a file name/,
    ],
  ];

  test.each(SQLC)(
    'by an sqlc configuration with %s changed into %j at column %i',
    async (from, to, column, message) => {
      const config = (await fresh.read(QUERY_PATHS.config)).toString();
      expect(config).toContain(from);
      const shop = await staged({ [QUERY_PATHS.config]: config.replace(from, to) });
      const around = join(shop.root, '..');
      const before = await fingerprint(around);
      for (const args of [['staged'], ['fix']]) {
        await expectError(shop, args, {
          ...{ code: 'sqlc-config-invalid', message, hint: /mend the sqlc configuration/ },
          place: `${QUERY_PATHS.config}:9:${column}`,
        });
      }
      expect(await fingerprint(around)).toEqual(before);
    },
  );
});

describe('commands of a configuration', () => {
  const MARK = 'ran-by-the-configuration';
  const text = `tools: {sqlc: {command: ./tools/my-sqlc}, atlas: {command: ./tools/my-atlas}}
steps: {extract: {command: 'touch $TMPDIR/${MARK}; exit 1', inputs: []}}
verify:
  - touch "$TMPDIR/${MARK}" && exit 1
  - "printf '\\e[2K'"
`;

  test('are shown by plan, which runs none of them', async () => {
    const config = (await fresh.read(QUERY_PATHS.config)).toString();
    const plugins = 'plugins:\n  - name: mine\n    process: {cmd: ./plugin}\n';
    const shop = await staged({
      [CONFIG]: text,
      [QUERY_PATHS.config]: `${config}${plugins}`,
      'tools/my-sqlc': `#!/bin/sh\ntouch "$TMPDIR/${MARK}"\n`,
    });
    const before = await fingerprint(join(shop.root, '..'));
    const { stdout } = expectExit(
      await shop.dbcheck(['plan'], { env: { TMPDIR: join(shop.root, '..') } }),
      0,
    );
    expect(stdout.slice(stdout.indexOf('commands of'))).toBe(`commands of the configuration:
  \`./tools/my-atlas\`: tools.atlas.command of ${CONFIG}:1, run by staged, check, fix, lint, fmt, tools
  \`./tools/my-sqlc\`: tools.sqlc.command of ${CONFIG}:1, run by staged, check, fix, tools
  \`touch $TMPDIR/${MARK}; exit 1\`: steps.extract.command of ${CONFIG}:2, run by staged, check, fix
  \`./plugin\`: plugin of ${QUERY_PATHS.config}:12, run by staged, check, fix
  \`touch "$TMPDIR/${MARK}" && exit 1\`: verify[0] of ${CONFIG}:4, run by check, fix
  \`printf '\\x1b[2K'\`: verify[1] of ${CONFIG}:5, run by check, fix
`);
    expect(await fingerprint(join(shop.root, '..'))).toEqual(before);
    const json: { commands: { command: string }[] } = JSON.parse(
      expectExit(await shop.dbcheck(['plan', '--format', 'json']), 0).stdout,
    );
    expect(json.commands.map(({ command }) => command)).toHaveLength(6);
  });

  test('run when plan says so: verify not in the hook', async () => {
    const shop = await staged({ [CONFIG]: `verify:\n  - touch "$MARK_FOLDER/${MARK}"\n` });
    const folder = join(shop.root, '..');
    const env = { MARK_FOLDER: folder };
    expectExit(await shop.dbcheck(['plan'], { env }), 0);
    expectExit(await shop.dbcheck(['staged'], { env }), 0);
    await expect(shop.read(`../${MARK}`)).rejects.toThrow(/ENOENT/);
    await shop.commit();
    expectExit(await shop.dbcheck(['check'], { env }), 0);
    expect(await shop.read(`../${MARK}`)).toEqual(Buffer.alloc(0));
  });
});
