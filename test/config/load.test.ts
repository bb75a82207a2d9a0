// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how a configuration writes a variable
import { expect, test } from 'vitest';
import { type ConfigFiles, loadProject } from '../../src/config/load.ts';
import { RULES } from '../../src/rules/rules.ts';
import { filesInMemory } from './files-in-memory.ts';
import { thrownBy } from './thrown.ts';

const FULL = `
schemas: db/{dialect}/{database}/
migrations:
  dir: ../history/{dialect}/{database}
  mode: single
  format: '{{ sql . "  " }}'
  qualified: true
  baseline: 1_first.sql
sqlcSchemas: {"2": 02.sql, "1": 01.sql}
sqlc:
  configs: ['sqlc_{dialect}.yml', 'services/*/sqlc.yaml']
derive: {sqlite: mysql}
devDatabase: {postgres: "postgres://u:\${PASSWORD}@h/db"}
tools: {atlas: {module: ../go.mod}, sqlc: {command: "\${BIN}/sqlc", version: 1.31.1}}
steps: {extract: {command: make schemas, inputs: ['Makefile', 'gen/**'], links: [node_modules]}}
staged: {unavailable: warn}
verify: [go build ./...]
rules: {schema/unformatted: off, query/invalid: [warning, {}]}
ignore: [{rule: query/invalid, path: 'old/**', reason: goes away}]
cache: {shared: ../cache}
`;

const ENV = { PASSWORD: 'pw', BIN: '/opt/bin' };

function load(files: ConfigFiles, cwdPrefix = '', explicit: string | null = null) {
  return loadProject(files, { cwdPrefix, explicit, env: ENV });
}

test('everything that a file says, relative to the git root', async () => {
  const project = await load(filesInMemory({ 'web/dbcheck.config.yaml': FULL }), 'web/src/');
  const { schemas, migrations, sqlcSchemas, named, place, rules, ...rest } = project;
  const values = { dialect: 'mysql', database: 'keygen' } as const;
  expect(schemas.expand(values)).toBe('web/db/mysql/keygen');
  expect(migrations.dir.expand(values)).toBe('history/mysql/keygen');
  expect({ ...migrations, dir: null }).toEqual({
    dir: null,
    format: '{{ sql . "  " }}',
    qualified: true,
    baseline: '1_first.sql',
  });
  expect(sqlcSchemas.template.expand(values)).toBe('web/tools/sqlc/schemas/mysql/keygen.sql');
  expect([...(sqlcSchemas.names ?? [])]).toEqual([
    ['2', '02.sql'],
    ['1', '01.sql'],
  ]);
  expect(rules.size).toBe(Object.keys(RULES).length);
  expect(rules.get('schema/unformatted')).toEqual({ severity: 'off', options: {} });
  expect(rules.get('query/invalid')).toEqual({ severity: 'warning', options: {} });
  expect(rules.get('schema/invalid')).toEqual({ severity: 'error', options: {} });
  const config = 'web/dbcheck.config.yaml';
  expect(rest).toEqual({
    dir: 'web',
    configFile: config,
    sqlcConfigs: [
      'web/sqlc_postgres.yml',
      'web/sqlc_mysql.yml',
      'web/sqlc_sqlite.yml',
      'web/services/*/sqlc.yaml',
    ],
    sqlcConfigItems: [
      {
        source: 'sqlc_{dialect}.yml',
        patterns: ['web/sqlc_postgres.yml', 'web/sqlc_mysql.yml', 'web/sqlc_sqlite.yml'],
        place: { path: config, line: 11, column: 13 },
      },
      {
        source: 'services/*/sqlc.yaml',
        patterns: ['web/services/*/sqlc.yaml'],
        place: { path: config, line: 11, column: 35 },
      },
    ],
    derive: new Map([['sqlite', 'mysql']]),
    devDatabase: new Map([
      ['postgres', 'postgres://u:pw@h/db'],
      ['mysql', 'system'],
    ]),
    tools: {
      atlas: { kind: 'module', module: 'go.mod' },
      sqlc: { kind: 'command', command: '/opt/bin/sqlc', version: '1.31.1' },
    },
    steps: {
      extract: {
        kind: 'command',
        command: 'make schemas',
        inputs: ['web/Makefile', 'web/gen/**'],
        links: ['web/node_modules'],
      },
    },
    format: { queries: null },
    staged: { unavailable: 'warn' },
    cache: { shared: '../cache' },
    verify: ['go build ./...'],
    readsVariables: true,
    ignore: [
      {
        rule: 'query/invalid',
        path: 'web/old/**',
        name: null,
        reason: 'goes away',
        place: { path: config, line: 19, column: 10 },
      },
    ],
  });
  expect(named('sqlc.configs')).toBe(true);
  expect(named('sqlc.nothing')).toBe(false);
  expect(place('migrations.qualified')).toEqual({ path: config, line: 7, column: 3 });
  expect(place('sqlc.nothing')).toEqual({ path: config });
});

test('without a file everything is default', async () => {
  const project = await load(filesInMemory({ 'tools/sqlc/sqlc_postgres.yml': '' }), 'src');
  const values = { dialect: 'postgres', database: 'keygen' } as const;
  expect(project.dir).toBe('');
  expect(project.configFile).toBeNull();
  expect(project.schemas.expand(values)).toBe('tools/atlas/schemas/postgres/keygen.hcl');
  expect(project.migrations.dir.expand(values)).toBe('tools/atlas/migrations/postgres/keygen');
  expect(project.migrations.format).toBeNull();
  expect(project.migrations.qualified).toBeNull();
  expect(project.migrations.baseline).toBe('00000000000000_initial_schema.sql');
  expect(project.sqlcSchemas.template.expand(values)).toBe('tools/sqlc/schemas/postgres/keygen.sql');
  expect(project.sqlcSchemas.names).toBeNull();
  expect(project.sqlcConfigs).toEqual(
    ['postgres', 'mysql', 'sqlite'].map((dialect) => `tools/sqlc/sqlc_${dialect}.yml`),
  );
  expect(project.derive).toEqual(new Map([['sqlite', 'postgres']]));
  expect(project.devDatabase).toEqual(
    new Map([
      ['postgres', 'embedded'],
      ['mysql', 'system'],
    ]),
  );
  expect(project.tools.sqlc).toEqual({ kind: 'default', module: 'tools/sqlc/go.mod' });
  expect(project.steps.extract).toEqual({ kind: 'builtin' });
  expect(project.staged.unavailable).toBe('error');
  expect(Object.fromEntries([...project.rules].map(([rule, { severity }]) => [rule, severity]))).toEqual(
    Object.fromEntries(Object.entries(RULES).map(([rule, { severity }]) => [rule, severity])),
  );
  expect(project.named('schemas')).toBe(false);
  expect(project.place('schemas')).toBeUndefined();
});

test.each([
  [{ 'web/tools/atlas/x': '', 'tools/sqlc/x': '' }, 'web/api', 'web'],
  [{ 'web/api/tools/sqlc/x': '', 'web/tools/atlas/x': '' }, 'web/api', 'web/api'],
  [{ 'web/tools/atlas/x': '' }, '', ''],
  [{ 'other/tools/atlas/x': '' }, 'web/api', ''],
  [{ 'web/tools/atlasx': '' }, 'web', ''],
])('without a file, %j seen from %j is the project %j', async (snapshot, cwdPrefix, dir) => {
  expect((await load(filesInMemory(snapshot), cwdPrefix)).dir).toBe(dir);
});

test.each([
  ['dbcheck.config.yaml', 'verify: [a]'],
  ['dbcheck.config.yml', 'verify: [a]'],
  ['dbcheck.config.json', '{"verify": ["a"]}'],
  ['package.json', '{"name": "x", "dbcheck": {"verify": ["a"]}}'],
])('%s configures', async (name, text) => {
  const files = filesInMemory({ [`web/${name}`]: text, 'dbcheck.config.yaml': 'verify: [b]' });
  const project = await load(files, 'web/api');
  expect(project.verify).toEqual(['a']);
  expect(project.configFile).toBe(`web/${name}`);
  expect((await load(files, 'other')).verify).toEqual(['b']);
  expect(project.place('verify')?.line).toBe(1);
});

test('a package.json without the key, or that nobody can read, is passed over', async () => {
  const files = filesInMemory({
    'web/package.json': '{"devDependencies": {"dbcheck": "1"}}',
    'package.json': '{ broken',
    'web/api/package.json': '{"dbcheck": {"verify": ["a"]}}',
  });
  expect((await load(files, 'web')).configFile).toBeNull();
  expect((await load(files, 'web/api')).configFile).toBe('web/api/package.json');
});

test('two configurations in one folder are refused', async () => {
  const files = filesInMemory({ 'a/dbcheck.config.yaml': 'verify: []', 'a/package.json': '{"dbcheck": {}}' });
  expect(await thrownBy(() => load(files, 'a'))).toEqual({
    code: 'config-ambiguous',
    text: 'a/package.json: `a/dbcheck.config.yaml` and `a/package.json` both configure this folder',
    hint: 'keep one of them',
  });
});

test.each([
  ['web/dbcheck.config.yaml', '', 'web', 'git add :/web/dbcheck.config.yaml'],
  ['package.json', '{"dbcheck": {}}', 'web', 'git add :/package.json'],
  ["it's/dbcheck.config.json", '', "it's", "git add ':/it'\\''s/dbcheck.config.json'"],
])('%s on disk alone is refused', async (path, text, cwdPrefix, hint) => {
  const error = await thrownBy(() => load(filesInMemory({}, { [path]: text }), cwdPrefix));
  expect(error.code).toBe('config-not-in-snapshot');
  expect(error.text).toMatch(/^[^:]+: .* is on disk but not in the tree under check$/);
  expect(error.hint).toBe(`${hint}; where a commit is checked, commit it too`);
});

test('one on disk alone does not matter behind one in the snapshot', async () => {
  const files = filesInMemory({ 'web/dbcheck.config.yaml': 'verify: []' }, { 'dbcheck.config.yaml': '' });
  expect((await load(files, 'web')).dir).toBe('web');
  expect((await thrownBy(() => load(files, ''))).code).toBe('config-not-in-snapshot');
});

test('the command line may name a file of any name, from where one stands', async () => {
  const files = filesInMemory({
    'web/other.yaml': 'verify: [a]',
    'package.json': '{}',
    'dbcheck.config.yaml': 'verify: [b]',
  });
  const project = await load(files, 'web/api/', '../other.yaml');
  expect([project.dir, project.verify]).toEqual(['web', ['a']]);
  expect((await thrownBy(() => load(files, 'web', 'gone.yaml'))).text).toBe(
    'web/gone.yaml: there is no configuration `web/gone.yaml`',
  );
  expect((await thrownBy(() => load(files, '', 'package.json'))).code).toBe('config-missing');
  expect((await thrownBy(() => load(files, '', '../x.yaml'))).text).toContain('leaves the git repository');
  const hostile = filesInMemory({ 'new\nline/x.yaml': 'verify: []' });
  expect((await load(hostile, 'new\nline/', 'x.yaml')).dir).toBe('new\nline');
  expect(await thrownBy(() => load(hostile, '', 'new\nline/x.yaml'))).toMatchObject({ code: 'config-name' });
  expect(await thrownBy(() => load(files, '', 'web/../package.json'))).toMatchObject({
    code: 'config-missing',
  });
  expect(await thrownBy(() => load(hostile, '', 'new\nline/y.yaml'))).toMatchObject({
    code: 'config-missing',
  });
  const onDisk = filesInMemory({}, { 'x.yaml': 'verify: []' });
  expect((await thrownBy(() => load(onDisk, '', 'x.yaml'))).code).toBe('config-not-in-snapshot');
});

test('a local file overrides tools and dev databases, from disk', async () => {
  const files = filesInMemory(
    { 'web/dbcheck.config.yaml': 'tools: {atlas: {module: a/go.mod}, sqlc: {module: b/go.mod}}\n' },
    {
      'web/dbcheck.local.yaml':
        'tools: {sqlc: {command: "${BIN}/sqlc"}}\ndevDatabase: {mysql: "mysql://h/d"}\n',
    },
  );
  const project = await load(files, 'web');
  expect(project.tools).toEqual({
    atlas: { kind: 'module', module: 'web/a/go.mod' },
    sqlc: { kind: 'command', command: '/opt/bin/sqlc', version: null },
  });
  expect(project.devDatabase.get('mysql')).toBe('mysql://h/d');
  expect(project.devDatabase.get('postgres')).toBe('embedded');
  expect(project.place('devDatabase.mysql')).toEqual({
    path: 'web/dbcheck.local.yaml',
    line: 2,
    column: 15,
  });
});

test('a local file may say nothing else, and is judged without a configuration too', async () => {
  const files = filesInMemory({}, { 'dbcheck.local.yaml': 'devDatabase: {}\nverify: []\n' });
  expect(await thrownBy(() => load(files))).toEqual({
    code: 'config-invalid',
    text: 'dbcheck.local.yaml:2:1: unknown key `verify`: known are `devDatabase` and `tools`',
    hint: 'correct the file: only `tools` and `devDatabase` may stand in it',
  });
});

test('sqlc schemas may lie in any folder with the dialect in it', async () => {
  const text = 'sqlcSchemas:\n  b: sql/{dialect}/2.sql\n  a: sql/{dialect}/1.sql\n';
  const { sqlcSchemas } = await load(filesInMemory({ 'dbcheck.config.yaml': text }));
  expect(sqlcSchemas.template.source).toBe('sql/{dialect}/{database}.sql');
  expect([...(sqlcSchemas.names ?? [])]).toEqual([
    ['b', '2.sql'],
    ['a', '1.sql'],
  ]);
});

test('anchors and merge keys work, and what they bring has its place', async () => {
  const text =
    'tools:\n  atlas: &tool {command: x, version: "1"}\n  sqlc:\n    <<: *tool\n    version: "2"\n';
  const project = await load(filesInMemory({ 'dbcheck.config.yaml': text }));
  expect(project.tools.sqlc).toEqual({ kind: 'command', command: 'x', version: '2' });
  expect(project.place('tools.sqlc.command')).toEqual({ path: 'dbcheck.config.yaml', line: 2, column: 17 });
});
