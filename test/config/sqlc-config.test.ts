import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readSqlcConfig, subsetSqlcConfig } from '../../src/config/sqlc-config.ts';
import { CheckError } from '../../src/errors.ts';
import { thrownBy } from './thrown.ts';

const read = (text: string, path = 'tools/sqlc/sqlc.yml') => readSqlcConfig(path, Buffer.from(text));

const VERSION_2 = `version: "2"
sql:
  - engine: postgresql
    schema: [schemas/a.sql, ./schemas/b.sql]
    queries: queries/*.sql
    gen:
      go: &go
        package: store
        out: ../../internal/store
      json:
        out: ./gen/
    codegen:
      - plugin: py
        out: py
  - engine: mysql
    schema: /schemas
    gen:
      go: *go
`;

test('version 2, with paths relative to the git root', async () => {
  const config = await read(VERSION_2);
  expect(config).toEqual({
    entryLines: null,
    path: 'tools/sqlc/sqlc.yml',
    dir: 'tools/sqlc',
    version: '2',
    usesDatabase: false,
    usesUnpinnedPlugin: false,
    pluginCommands: [],
    entries: [
      {
        index: 0,
        engine: 'postgresql',
        schema: ['tools/sqlc/schemas/a.sql', 'tools/sqlc/schemas/b.sql'],
        queries: ['tools/sqlc/queries/*.sql'],
        outs: [
          { kind: 'go', dir: 'internal/store' },
          { kind: 'json', dir: 'tools/sqlc/gen' },
          { kind: 'codegen', dir: 'tools/sqlc/py' },
        ],
        place: { path: 'tools/sqlc/sqlc.yml', line: 9, column: 9 },
        namedOutputs: [],
      },
      {
        index: 1,
        engine: 'mysql',
        schema: ['tools/sqlc/schemas'],
        queries: [],
        outs: [{ kind: 'go', dir: 'internal/store' }],
        place: { path: 'tools/sqlc/sqlc.yml', line: 9, column: 9 },
        namedOutputs: [],
      },
    ],
  });
});

test('version 1 in JSON with tabs, at the root', async () => {
  const config = await read(
    '{\n\t"version": "1",\n\t"packages": [\n\t\t{ "path": ".", "schema": "s.sql", "queries": ["q"] },\n\t\t{ "path": "db", "engine": "sqlite" }\n\t]\n}\n',
    'sqlc.json',
  );
  expect(config.version).toBe('1');
  expect(config.dir).toBe('');
  expect(
    config.entries.map(({ engine, schema, queries, outs, place }) => [engine, schema, queries, outs, place]),
  ).toEqual([
    ['postgresql', ['s.sql'], ['q'], [{ kind: 'go', dir: '' }], { path: 'sqlc.json', line: 4, column: 5 }],
    ['sqlite', [], [], [{ kind: 'go', dir: 'db' }], { path: 'sqlc.json', line: 5, column: 5 }],
  ]);
});

test.each([
  ['version: 2\nsql: [{engine: mysql}]', 2],
  ['version: 2\nsql: [{engine: mysql}]\n---\nother: document\n', 2],
  ['\uFEFFversion: 1\npackages: [{path: a}]', 1],
])('%j is read as sqlc reads it', async (text, version) => {
  expect((await read(text)).version).toBe(String(version));
});

test('an entry without output stands where it begins', async () => {
  const { entries } = await read('version: 2\nsql:\n  - engine: mysql\n');
  expect(entries[0]).toMatchObject({ outs: [], place: { line: 3, column: 5 } });
});

test.each([
  ['{engine: mysql}', false],
  ['{engine: mysql, database: null}', false],
  ['{engine: mysql, database: {uri: x}}', true],
  ['{engine: mysql, database: {uri: x}, analyzer: {}}', true],
  ['{engine: mysql, database: {managed: true}, analyzer: {database: only}}', true],
  ['{engine: mysql, database: {uri: x}, analyzer: {database: false}}', false],
  ['{engine: mysql, database: {uri: x}, analyzer: {database: off}}', false],
])('the entry %s uses a database: %s', async (entry, expected) => {
  expect((await read(`version: 2\nsql: [${entry}]`)).usesDatabase).toBe(expected);
});

test.each([
  ['[]', false],
  ['[{name: a, wasm: {url: x, sha256: abc}}]', false],
  ['[{name: a, env: [], wasm: {url: x, sha256: abc}}]', false],
  ['[{name: a, env: [TOKEN], wasm: {url: x, sha256: abc}}]', true],
  ['[{name: a, wasm: {url: x}}]', true],
  ['[{name: a, process: {cmd: x}}]', true],
])('with the plugins %s one is unpinned: %s', async (plugins, expected) => {
  const config = await read(`version: 2\nplugins: ${plugins}\nsql: [{engine: mysql}]`);
  expect(config.usesUnpinnedPlugin).toBe(expected);
});

test.each([
  ['', '1:1: the file is empty; sqlc needs at least `version` and `sql`'],
  ['- a', '1:1: the file is no mapping of keys; sqlc needs at least `version` and `sql`'],
  ['sql: []', '1:1: `version` must be `1` or `2`, but is missing'],
  ['\nversion: "3"', '2:10: `version` must be `1` or `2`, but is `3`'],
  ['version: 2', '1:1: `sql` is missing: it must be a list'],
  ['version: 1\nsql: []', '1:1: `packages` is missing: it must be a list'],
  ['version: 2\nsql: []', '2:6: `sql` must have at least 1 item'],
  ['version: 2\nsql:\n- {}', '3:3: `sql[0].engine` is missing: it must be `postgresql`, `mysql` or `sqlite`'],
  [
    'version: 2\nsql:\n- engine: postgres',
    '3:11: `sql[0].engine` must be `postgresql`, `mysql` or `sqlite`, but is `postgres`: did you mean `postgresql`?',
  ],
  ['version: 1\npackages:\n- schema: a', '3:3: `packages[0].path` is missing: it must be text'],
  ['version: 2\nsql:\n- {engine: mysql, gen: {go: {out: ""}}}', '3:35: `sql[0].gen.go.out` is empty'],
  ['version: 2\nsql:\n- {engine: mysql, schema: ../../../x}', '3:27: `../../../x` leaves the git repository'],
  [
    'version: 2\nsql:\n- {engine: mysql, gen: {go: {out: ../../..}}}',
    '3:35: `../../..` leaves the git repository',
  ],
  [
    'version: 2\nsql: [',
    '2:7: flow sequence in block collection must be sufficiently indented and end with a ]',
  ],
  ['version: 2\nsql: *x', '2:6: no anchor `&x` stands before this alias'],
])('%j is refused', async (text, expected) => {
  expect(await thrownBy(() => read(text))).toEqual({
    code: 'sqlc-config-invalid',
    text: `tools/sqlc/sqlc.yml:${expected}`,
    hint: 'mend the sqlc configuration, then run: git add :/tools/sqlc/sqlc.yml',
  });
});

test('any bytes end in a configuration or in a CheckError', async () => {
  const words = fc.constantFrom(
    'version: 2',
    'version: 1',
    '\n',
    'sql:',
    'packages:',
    '- ',
    '  ',
    'engine: mysql',
    '&a ',
    '*a',
    '<<: ',
    '{',
    '}',
    '[',
    ']',
    '"',
    'path: a',
    ':',
    '#',
  );
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array)),
    fc.array(words, { maxLength: 30 }).map((parts) => Buffer.from(parts.join(''))),
  );
  await fc.assert(
    fc.asyncProperty(bytes, async (text) => {
      try {
        const { entries } = await readSqlcConfig('sqlc.yml', text);
        expect(entries.length).toBeGreaterThan(0);
      } catch (error) {
        if (!(error instanceof CheckError)) {
          throw error;
        }
      }
    }),
    { numRuns: 500 },
  );
});

function entriesOf(bytes: Buffer): unknown {
  return parse(bytes.toString(), { merge: true }).sql;
}

describe('a subset', () => {
  test('keeps the chosen entries and everything else', async () => {
    const subset = await subsetSqlcConfig(
      Buffer.from(`${VERSION_2}overrides: {go: {rename: {a: b}}}\n`),
      [1],
      null,
    );
    const config = await readSqlcConfig('tools/sqlc/sqlc.yml', subset);
    const [entry] = config.entries;
    expect(config.entries).toHaveLength(1);
    expect(entry).toMatchObject({ engine: 'mysql', outs: [{ kind: 'go', dir: 'internal/store' }] });
    expect(entriesOf(subset)).toMatchObject([
      { gen: { go: { package: 'store', out: '../../internal/store' } } },
    ]);
    expect(subset.toString()).toContain('overrides: { go: { rename: { a: b } } }');
    expect(subset.toString()).toContain('version: "2"');
  });

  test('of all entries says the same as the whole', async () => {
    const subset = await subsetSqlcConfig(Buffer.from(VERSION_2), [0, 1], null);
    expect(entriesOf(subset)).toEqual(entriesOf(Buffer.from(VERSION_2)));
  });

  test('keeps the spelling of every scalar', async () => {
    const entry = [
      'engine: mysql',
      'a: yes',
      'b: "yes"',
      'c: 012',
      'd: 1.10',
      'e: ~',
      'f: 0x1F',
      "g: '2'",
      'h:',
    ];
    const text = `version: 2\nsql:\n  - ${entry.join('\n    ')}\n  - engine: sqlite\n`;
    expect((await subsetSqlcConfig(Buffer.from(text), [0], null)).toString()).toBe(
      `version: 2\nsql:\n  - ${entry.join('\n    ')}\n`,
    );
  });

  test('of version 1 in JSON stays JSON', async () => {
    const text = '{"version": "1", "packages": [{"path": "a"}, {"path": "b", "emit_interface": true}]}';
    const subset = await subsetSqlcConfig(Buffer.from(text), [1], null);
    expect(JSON.parse(subset.toString())).toEqual({
      version: '1',
      packages: [{ path: 'b', emit_interface: true }],
    });
  });

  test('of nonsense is refused', async () => {
    const codes = ['version: 2', '[', 'version: 2\nsql: &a [*a]', '- a'].map(async (text) =>
      thrownBy(() => subsetSqlcConfig(Buffer.from(text), [0], null)).then(({ code }) => code),
    );
    expect(new Set(await Promise.all(codes))).toEqual(new Set(['sqlc-config-invalid']));
  });
});
