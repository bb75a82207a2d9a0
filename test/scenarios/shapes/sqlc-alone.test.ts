import { describe, expect, onTestFinished, test } from 'vitest';
import type { Files } from '../../support/repository.ts';
import { APP_SCHEMA, sqlcYaml, USER_QUERIES } from '../query-shop.ts';
import { emptyShop, expectExit, type Report, type Shop, toolModules } from '../shop.ts';

/** A repository with sqlc alone, its outputs fresh and committed, without hooks. */
async function shopWith(files: Files): Promise<Shop> {
  const shop = await emptyShop();
  onTestFinished(() => shop.remove());
  const modules = await toolModules();
  await shop.write({
    '.gitignore': 'node_modules/\n',
    'tools/sqlc/go.mod': modules['tools/sqlc/go.mod'] ?? null,
    'tools/sqlc/go.sum': modules['tools/sqlc/go.sum'] ?? null,
    ...files,
  });
  await shop.git('add', '--all');
  expectExit(await shop.dbcheck(['fix', '--stage']), 0);
  await shop.commit();
  return shop;
}

async function check(shop: Shop, ...args: string[]): Promise<Report> {
  const { stdout } = await shop.dbcheck(['check', '--format', 'json', ...args]);
  const report: Report = JSON.parse(stdout);
  return report;
}

async function stage(shop: Shop, files: Files): Promise<Report> {
  await shop.write(files);
  await shop.git('add', '--all');
  return shop.staged();
}

const V1 = JSON.stringify(
  {
    version: '1',
    packages: [{ path: 'go', name: 'one', engine: 'postgresql', schema: 'schema.sql', queries: 'query.sql' }],
  },
  null,
  '\t',
);
const V2_JSON = JSON.stringify(
  {
    version: '2',
    sql: [
      {
        engine: 'postgresql',
        schema: 'schema.sql',
        queries: 'query.sql',
        gen: { go: { package: 'two', out: 'go' } },
      },
    ],
  },
  null,
  '\t',
);
const V1_YAML = `version: 1
packages:
  - {path: go, name: three, engine: postgresql, schema: schema.sql, queries: query.sql}
`;

function inFolder(folder: string, config: string, text: string): Files {
  return {
    [`${folder}/${config}`]: text,
    [`${folder}/schema.sql`]: APP_SCHEMA,
    [`${folder}/query.sql`]: USER_QUERIES,
  };
}

describe('sqlc alone', () => {
  test('in every notation, found by a glob, with vendored ones left alone', async () => {
    const yaml = sqlcYaml({ schema: 'schema.sql', queries: 'query.sql', out: 'go' });
    const shop = await shopWith({
      'dbcheck.config.yaml': "sqlc:\n  configs: ['**/sqlc.yaml', '**/sqlc.yml', '**/sqlc.json']\n",
      ...inFolder('services/one', 'sqlc.json', V1),
      ...inFolder('services/two', 'sqlc.json', V2_JSON),
      ...inFolder('three', 'sqlc.yml', V1_YAML),
      ...inFolder('deep/er/four', 'sqlc.yaml', yaml),
      ...inFolder('vendor/example.org/five', 'sqlc.yaml', yaml),
      ...inFolder('web/node_modules.d/six', 'sqlc.yaml', yaml),
      ...inFolder('internal/testdata/seven', 'sqlc.yaml', 'version: "2"\nsql: broken'),
      ...inFolder('module/eight', 'sqlc.yaml', yaml),
      'module/go.mod': 'module example.org/module\n',
    });
    const report = await check(shop);
    expect(report).toMatchObject({ outcome: 'clean', diagnostics: [] });
    expect(report.checked).toMatchObject(
      [
        'deep/er/four/sqlc.yaml',
        'services/one/sqlc.json',
        'services/two/sqlc.json',
        'three/sqlc.yml',
        'web/node_modules.d/six/sqlc.yaml',
      ].map((target) => ({ target, steps: ['sqlc'], outputs: 3 })),
    );
    expect(await shop.git('ls-files', '--', '*.go')).not.toContain('vendor/');

    const stale = await stage(shop, { 'services/one/query.sql': USER_QUERIES.replace('*', 'id') });
    expect(stale.checked.map(({ target }) => target)).toEqual(['services/one/sqlc.json']);
    expect(stale.diagnostics).toMatchObject([
      { rule: 'generated/stale', location: { path: 'services/one/go/query.sql.go' } },
    ]);
  });

  test('with fifty configurations in fifty folders, of which one is stale', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `services/s${String(index).padStart(2, '0')}`);
    const yaml = sqlcYaml({ schema: 'schema.sql', queries: 'query.sql', out: 'go' });
    const shop = await shopWith({
      'dbcheck.config.yaml': "sqlc:\n  configs: ['services/*/sqlc.yaml']\n",
      ...Object.assign({}, ...names.map((name) => inFolder(name, 'sqlc.yaml', yaml))),
    });
    await shop.commit({ 'services/s37/query.sql': USER_QUERIES.replace('*', 'id') });
    const report = await check(shop);
    expect(report.checked).toMatchObject(
      names.map((name) => ({ target: `${name}/sqlc.yaml`, steps: ['sqlc'], outputs: 3 })),
    );
    expect(report.notChecked).toEqual([]);
    expect(report.diagnostics.map(({ rule, location }) => `${rule} ${location.path}`)).toEqual([
      'generated/stale services/s37/go/query.sql.go',
    ]);
    const narrowed = await check(shop, '--from', 'HEAD~1');
    expect(narrowed.checked.map(({ target }) => target)).toEqual(['services/s37/sqlc.yaml']);
  });

  test('reading a folder of migrations', async () => {
    const shop = await shopWith({
      'dbcheck.config.yaml': 'sqlc: {configs: [sqlc.yaml]}\n',
      'sqlc.yaml': sqlcYaml({ schema: 'migrations', queries: 'query.sql', out: 'store' }),
      'migrations/001_users.up.sql': APP_SCHEMA,
      'migrations/001_users.down.sql': 'DROP TABLE posts;\nDROP TABLE users;\n',
      'query.sql': USER_QUERIES,
    });
    expect(await check(shop)).toMatchObject({ outcome: 'clean' });
    const added = 'ALTER TABLE users ADD COLUMN mail text;\n';
    const stale = await stage(shop, { 'migrations/002_mail.up.sql': added });
    expect(stale.diagnostics.filter(({ folded }) => !folded)).toMatchObject([{ rule: 'generated/stale' }]);
    expect(stale.diagnostics.map(({ location }) => location.path).sort()).toEqual([
      'store/models.go',
      'store/query.sql.go',
    ]);
  });
});

test('several projects in one repository are judged apart', async () => {
  const modules = await toolModules();
  const project = (folder: string): Files => ({
    [`${folder}/dbcheck.config.yaml`]:
      'sqlc: {configs: [sqlc.yaml]}\ntools: {sqlc: {module: ../tools/sqlc/go.mod}}\n',
    ...inFolder(folder, 'sqlc.yaml', sqlcYaml({ schema: 'schema.sql', queries: 'query.sql', out: 'go' })),
  });
  const shop = await emptyShop();
  onTestFinished(() => shop.remove());
  await shop.write({
    '.gitignore': 'node_modules/\n',
    ...project('api'),
    ...project('web'),
    'tools/sqlc/go.mod': modules['tools/sqlc/go.mod'] ?? null,
    'tools/sqlc/go.sum': modules['tools/sqlc/go.sum'] ?? null,
  });
  await shop.git('add', '--all');
  for (const folder of ['api', 'web']) {
    const cwd = `${shop.root}/${folder}`;
    expectExit(await shop.dbcheck(['fix', '--stage'], { cwd }), 0);
    expectExit(await shop.dbcheck(['init'], { cwd }), 0);
  }
  await shop.commit();

  await shop.write({ 'web/query.sql': USER_QUERIES.replace('*', 'id') });
  await shop.git('add', '--all');
  const refused = await shop.commitStaged();
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr.match(/--> .*/g)).toEqual([expect.stringContaining('web/go/query.sql.go')]);
  expectExit(await shop.dbcheck(['staged'], { cwd: `${shop.root}/api` }), 0);
  expectExit(await shop.dbcheck(['fix', '--stage'], { cwd: `${shop.root}/api` }), 0);
  expect((await shop.commitStaged()).exitCode).toBe(1);
  expectExit(await shop.dbcheck(['fix', '--stage'], { cwd: `${shop.root}/web` }), 0);
  expect((await shop.commitStaged()).exitCode).toBe(0);
});
