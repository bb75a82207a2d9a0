// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how a configuration writes a variable
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadProject } from '../../src/config/load.ts';
import { CheckError } from '../../src/errors.ts';
import { filesInMemory } from './files-in-memory.ts';
import { thrownBy } from './thrown.ts';

const YAML = 'dbcheck.config.yaml';

function load(text: string | Buffer, env: NodeJS.ProcessEnv = {}, path = YAML) {
  return loadProject(filesInMemory({ [path]: text }), { cwdPrefix: '', explicit: null, env });
}

test.each([
  // Files that hold no configuration.
  ['', '1:1: the file is empty; give at least one key, or delete it to use the defaults'],
  ['# nothing\n', '1:1: the file is empty; give at least one key, or delete it to use the defaults'],
  ['- a\n', '1:1: the configuration must be a mapping, but is a list'],
  ['\nhello\n', '2:1: the configuration must be a mapping, but is `hello`'],

  // YAML.
  ['schemas: [\n', '2:1: flow sequence in block collection must be sufficiently indented and end with a ]'],
  ['verify: []\nverify: []\n', '2:1: this key is there twice in its mapping'],
  ['verify: *x\n', '1:9: no anchor `&x` stands before this alias'],
  ['verify: &a [*a]\n', '1:13: the anchor `&a` contains itself'],
  ['verify: !tag []\n', '1:9: unresolved tag: !tag'],
  ['? [a]\n: b\n', '1:3: with stringKeys, all keys must be strings'],
  ['verify: []\n---\na: 1\n', '2:1: a second YAML document begins here; one file holds one configuration'],

  [
    'sqlc:\n  configs: [a/sqlc_{dialect}.yml]\n',
    '2:20: a text with braces has to be in quotes within a list or mapping that is written in brackets',
  ],

  // Keys.
  ['schema: a\n', '1:1: unknown key `schema`: did you mean `schemas`?'],
  ['verify: []\nMigrations: {}\n', '2:1: unknown key `Migrations`: did you mean `migrations`?'],
  [
    '__proto__: {}\n',
    '1:1: unknown key `__proto__`: known are `schemas`, `migrations`, `sqlcSchemas`, `sqlc`, `derive`, `devDatabase`, `tools`, `steps`, `format`, `staged`, `cache`, `verify`, `rules` and `ignore`',
  ],
  ['rules:\n  naming: error\n', '2:3: unknown rule `naming` in `rules`: did you mean `schema/naming`?'],
  ['format: {queries: {indent: 9}}\n', '1:28: `format.queries.indent` must be at most 8'],
  ['format: {queries: {width: 10}}\n', '1:27: `format.queries.width` must be at least 20'],
  ['migrations:\n  dri: x\n', '2:3: unknown key `dri` in `migrations`: did you mean `dir`?'],
  ['sqlc:\n  config: []\n', '2:3: unknown key `config` in `sqlc`: did you mean `configs`?'],
  [
    'staged: {unavailabel: warn}\n',
    '1:10: unknown key `unavailabel` in `staged`: did you mean `unavailable`?',
  ],
  [
    'steps:\n  extract:\n    command: x\n    input: []\n    inputs: []\n',
    '4:5: unknown key `input` in `steps.extract`: did you mean `inputs`?',
  ],
  ['derive: {sqllite: postgres}\n', '1:10: unknown dialect `sqllite` in `derive`: did you mean `sqlite`?'],
  [
    'devDatabase:\n  postgresql: system\n',
    '2:3: unknown dialect `postgresql` in `devDatabase`: did you mean `postgres`?',
  ],
  ['tools:\n  sqlcc: {module: a}\n', '2:3: unknown tool `sqlcc` in `tools`: did you mean `sqlc`?'],
  [
    'tools:\n  atlas: {comand: a, module: b}\n',
    '2:11: unknown key `comand` in `tools.atlas`: did you mean `command`?',
  ],
  [
    'rules:\n  migration/stal: off\n',
    '2:3: unknown rule `migration/stal` in `rules`: did you mean `migration/stale`?',
  ],
  [
    'ignore:\n  - rule: query/invalid\n    path: a\n    reason: b\n    resaon: c\n',
    '5:5: unknown key `resaon` in `ignore[0]`: did you mean `reason`?',
  ],

  // Types and values.
  [
    'schemas: 1\n',
    '1:10: `schemas` must be text, but is the number 1; write it in quotes if it is meant as text',
  ],
  ['schemas:\n', '1:9: `schemas` must be text, but is empty'],
  ['schemas: [a]\n', '1:10: `schemas` must be text, but is a list'],
  ['migrations: single\n', '1:13: `migrations` must be a mapping, but is `single`'],
  [
    'migrations:\n  qualified: maybe\n',
    '2:14: `migrations.qualified` must be `true` or `false`, but is `maybe`',
  ],
  [
    'migrations:\n  mode: versioned\n',
    '2:9: `migrations.mode` is `versioned`, which is not supported yet; `single` keeps the whole schema in one baseline',
  ],
  ['migrations:\n  mode: double\n', '2:9: `migrations.mode` must be `single`, but is `double`'],
  [
    'migrations:\n  baseline: ../x.sql\n',
    '2:13: `migrations.baseline` must be a file name such as `00000000000000_initial_schema.sql`: digits, an underscore, a name and `.sql`',
  ],
  ["migrations:\n  format: ''\n", '2:11: `migrations.format` is empty'],
  ['sqlc: {configs: a.yml}\n', '1:17: `sqlc.configs` must be a list, but is `a.yml`'],
  [
    'sqlc: {configs: [a.yml, 2]}\n',
    '1:25: `sqlc.configs[1]` must be text, but is the number 2; write it in quotes if it is meant as text',
  ],
  [
    'sqlcSchemas: 1\n',
    '1:14: `sqlcSchemas` must be text or a mapping, but is the number 1; write it in quotes if it is meant as text',
  ],
  [
    'sqlcSchemas:\n  keygen: 1\n',
    '2:11: `sqlcSchemas.keygen` must be text, but is the number 1; write it in quotes if it is meant as text',
  ],
  ['sqlcSchemas: {}\n', '1:14: `sqlcSchemas` names no database'],
  ['sqlcSchemas: {a: x.sql, b: x.sql}\n', '1:14: `sqlcSchemas` gives `x.sql` to two databases'],
  [
    'sqlcSchemas: {a: ../x.sql}\n',
    '1:14: `sqlcSchemas` has the file name "../x.sql", which can\'t stand in a path',
  ],
  [
    'sqlcSchemas: {a: db/x.sql}\n',
    '1:14: `sqlcSchemas` has to give file names alone, or whole paths in one folder that has `{dialect}` in it',
  ],
  [
    'derive: {sqlite: postgre}\n',
    '1:18: `derive.sqlite` must be `postgres`, `mysql` or `sqlite`, but is `postgre`: did you mean `postgres`?',
  ],
  ['derive: {sqlite: sqlite}\n', '1:18: `derive.sqlite` is the dialect itself'],
  [
    'derive: {sqlite: mysql, mysql: postgres}\n',
    '1:18: `derive.sqlite` is `mysql`, which is derived from another dialect itself',
  ],
  [
    'steps: {extract: bultin}\n',
    '1:18: `steps.extract` must be `builtin`, `off` or a mapping, but is `bultin`: did you mean `builtin`?',
  ],
  ['steps: {extract: {command: x}}\n', '1:9: `steps.extract.inputs` is missing: it must be a list'],
  [
    'staged: {unavailable: erorr}\n',
    '1:23: `staged.unavailable` must be `error` or `warn`, but is `erorr`: did you mean `error`?',
  ],
  [
    'verify: [go test]\nrules: {query/invalid: warn}\n',
    '2:24: `rules.query/invalid` must be `off`, `warning`, `error` or a list, but is `warn`: did you mean `warning`?',
  ],
  [
    'rules: {query/invalid: [error, 1]}\n',
    '1:32: `rules.query/invalid[1]` must be a mapping, but is the number 1; write it in quotes if it is meant as text',
  ],
  [
    'rules: {query/invalid: [eror, {}]}\n',
    '1:25: `rules.query/invalid[0]` must be `off`, `warning` or `error`, but is `eror`: did you mean `error`?',
  ],
  [
    'ignore:\n  - rule: query/invalit\n    path: a\n    reason: b\n',
    '2:11: `ignore[0].rule` is `query/invalit`, which is not known: did you mean `query/invalid`?',
  ],
  ['ignore:\n  - rule: query/invalid\n    path: a\n', '2:5: `ignore[0].reason` is missing: it must be text'],
  ["ignore: [{rule: query/invalid, path: a, reason: ' '}]\n", '1:49: `ignore[0].reason` is empty'],
  ['tools: {atlas: {}}\n', '1:16: `tools.atlas` must have either `module` or `command`'],
  ['tools: {atlas: {module: a, command: b}}\n', '1:16: `tools.atlas` must have either `module` or `command`'],
  [
    'tools: {atlas: {module: a, version: b}}\n',
    '1:16: `tools.atlas` has a `version` beside `module`, but the go.mod itself pins the version',
  ],
  [
    'tools: {atlas: {command: a, version: 1.2}}\n',
    '1:38: `tools.atlas.version` must be text, but is the number 1.2; write it in quotes if it is meant as text',
  ],
  [
    'devDatabase: {postgres: embeded}\n',
    '1:25: `devDatabase.postgres` must be `embedded`, `system` or a URL such as `docker://postgres/15/dev`: did you mean `embedded`?',
  ],
  [
    'devDatabase: {mysql: embedded}\n',
    '1:22: `devDatabase.mysql` is `embedded`, and no package has a MySQL server; it must be `system` or a URL such as `docker://mysql/8/dev`',
  ],
  [
    'devDatabase: {mysql: systm}\n',
    '1:22: `devDatabase.mysql` must be `system` or a URL such as `docker://mysql/8/dev`: did you mean `system`?',
  ],
  [
    'devDatabase: {mysql: "${SECRET}"}\n',
    '1:22: `devDatabase.mysql` needs the environment variable `SECRET`, which is not set',
  ],
  [
    'devDatabase: {sqlite: system}\n',
    '1:15: unknown dialect `sqlite` in `devDatabase`: known are `postgres` and `mysql`',
  ],

  // Paths, templates and globs.
  [
    'schemas: /db/{dialect}/{database}.hcl\n',
    '1:10: `schemas` is absolute; write it relative to the folder of the configuration',
  ],
  ['schemas: ../{dialect}/{database}.hcl\n', '1:10: `schemas` leaves the git repository'],
  [
    'schemas: db/{dialekt}/{database}.hcl\n',
    '1:10: `schemas` has the unknown placeholder `{dialekt}`; known are `{dialect}` and `{database}`',
  ],
  ['schemas: db/{database}.hcl\n', '1:10: `schemas` lacks `{dialect}`'],
  ['migrations: {dir: ".git/{dialect}/{database}"}\n', '1:19: `migrations.dir` points into `.git`'],
  [
    'sqlcSchemas: "{dialect}/*.sql"\n',
    '1:14: `sqlcSchemas` has a wildcard or a lone brace; a template knows `{dialect}` and `{database}` only',
  ],
  [
    'sqlc: {configs: ["a/{b,c}.yml"]}\n',
    '1:18: `sqlc.configs[0]` has `{b,c}`; write the alternatives as patterns of their own',
  ],
  [
    'sqlc: {configs: ["a/[b.yml"]}\n',
    '1:18: `sqlc.configs[0]` has brackets that do not make a set of characters',
  ],
  [
    'tools: {atlas: {module: /go.mod}}\n',
    '1:25: `tools.atlas.module` is absolute; write it relative to the folder of the configuration',
  ],
  [
    'ignore: [{rule: query/invalid, path: ../a, reason: b}]\n',
    '1:38: `ignore[0].path` leaves the git repository',
  ],
  [
    'steps: {extract: {command: x, inputs: [..], links: [/a]}}\n',
    `1:40: \`steps.extract.inputs[0]\` leaves the git repository\n${YAML}:1:53: \`steps.extract.links[0]\` is absolute; write it relative to the folder of the configuration`,
  ],

  // Variables.
  [
    'devDatabase: {postgres: "postgres://u:${SECRET}@h/db"}\n',
    '1:25: `devDatabase.postgres` needs the environment variable `SECRET`, which is not set',
  ],
  [
    'tools: {atlas: {command: "${A:-x}"}}\n',
    '1:26: `tools.atlas.command` has `${A:-x}`, but only `${NAME}` is known',
  ],
  [
    'tools: {atlas: {command: "${A"}}\n',
    '1:26: `tools.atlas.command` has `${A`, but only `${NAME}` is known',
  ],
])('%j', async (text, expected) => {
  const { code, text: found } = await thrownBy(() => load(text));
  expect(code).toBe('config-invalid');
  expect(found.startsWith(`${YAML}:${expected}`) ? expected : found).toBe(expected);
});

test('all problems of a file come at once, in its order, one a line', async () => {
  const { text, hint } = await thrownBy(() =>
    load('verify: 1\nschema: a\nmigrations:\n  dri: x\n  mode: versioned\nrules: {a: off}\n'),
  );
  const lines = text.split('\n');
  expect(lines.map((line) => /^\S+:\d+:\d+(?=: )/.exec(line)?.[0])).toEqual(
    ['1:9', '2:1', '4:3', '5:9', '6:9'].map((place) => `${YAML}:${place}`),
  );
  expect(hint).toBe('correct the file, then run: git add :/dbcheck.config.yaml');
});

test('a variable that is not set does not hide another problem, and no value of one is shown', async () => {
  const { text } = await thrownBy(() =>
    load('devDatabase: {postgres: "${URL}", mysql: "${GONE}"}\n', { URL: 'hunter2@host' }),
  );
  expect(text).toContain('1:25: `devDatabase.postgres` must be `embedded`');
  expect(text).toContain('needs the environment variable `GONE`');
  expect(text).not.toContain('hunter2');
});

test('variables are looked up in `tools` and `devDatabase` alone', async () => {
  const project = await load("verify: ['echo ${HOME}']\n");
  expect(project.verify).toEqual(['echo ${HOME}']);
});

test('JSON has places too, whatever it is indented with', async () => {
  const json = 'dbcheck.config.json';
  expect((await thrownBy(() => load('{\n\t"schema": 1\n}\n', {}, json))).text).toBe(
    `${json}:2:2: unknown key \`schema\`: did you mean \`schemas\`?`,
  );
});

test('in a package.json only the own key counts', async () => {
  const path = 'package.json';
  const { text } = await thrownBy(() =>
    load('{\n "a": 1,\n "a": 2,\n "dbcheck": {\n  "verfy": [] }\n}\n', {}, path),
  );
  expect(text).toBe('package.json:5:3: unknown key `verfy`: did you mean `verify`?');
  expect((await thrownBy(() => load('{"dbcheck": {"verify": [], "verify": []}}', {}, path))).text).toBe(
    'package.json:1:28: this key is there twice in its mapping',
  );
  expect((await thrownBy(() => load('{"dbcheck": null}', {}, path))).text).toBe(
    'package.json:1:13: the configuration must be a mapping, but is empty',
  );
  expect((await thrownBy(() => load('{"dbcheck": {}', {}, path))).text).toMatch(/^package\.json:1:\d+: /);
});

test.each(['['.repeat(100_000), '- '.repeat(10_000), '{a: '.repeat(10_000)])(
  'nesting without end is refused: %#',
  async (text) => {
    expect((await thrownBy(() => load(text))).text).toBe(`${YAML}: the file nests more than 100 levels`);
  },
);

test('bytes that are no UTF-8 are refused', async () => {
  expect(await thrownBy(() => load(Buffer.from('a: \xff', 'latin1')))).toEqual({
    code: 'config-invalid',
    text: `${YAML}: the file is not valid UTF-8`,
    hint: 'correct the file, then run: git add :/dbcheck.config.yaml',
  });
});

const word = fc.constantFrom(
  'schemas',
  'sqlc',
  'configs',
  'rules',
  'tools',
  'derive',
  '&a ',
  '*a',
  '<<',
  '!t ',
  '?',
  '-',
  ':',
  ': ',
  '\n',
  '\n  ',
  '{',
  '}',
  '[',
  ']',
  ',',
  '"',
  "'",
  '|',
  '>',
  '#',
  '%',
  '@',
  '${A}',
  '{dialect}',
  '\t',
  '1',
  'null',
  '__proto__',
);

test('any bytes end in a project or in a CheckError', async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array)),
    fc.array(word, { maxLength: 30 }).map((words) => Buffer.from(words.join(''))),
    fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value))),
  );
  const path = fc.constantFrom(YAML, 'dbcheck.config.json', 'package.json');
  await fc.assert(
    fc.asyncProperty(bytes, path, async (text, name) => {
      const error: unknown = await load(text, {}, name).then(
        () => null,
        (reason: unknown) => reason,
      );
      if (error !== null && !(error instanceof CheckError)) {
        throw error;
      }
    }),
    { numRuns: 500 },
  );
});
