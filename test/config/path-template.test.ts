import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DIALECTS } from '../../src/config/dialect-names.ts';
import { pathTemplate, templateProblem } from '../../src/config/path-template.ts';
import { thrownBy } from './thrown.ts';

const SCHEMAS = 'tools/atlas/schemas/{dialect}/{database}.hcl';

describe('expand', () => {
  test('puts the values in, relative to the git root', () => {
    const template = pathTemplate(SCHEMAS, 'web');
    expect(template.expand({ dialect: 'mysql', database: 'keygen' })).toBe(
      'web/tools/atlas/schemas/mysql/keygen.hcl',
    );
    expect(template.source).toBe(SCHEMAS);
  });

  test.each(['a*b', 'a?', '[a]', '{a}', 'a/b', '.hidden', 'a\nb'])(
    'refuses the database name %j',
    async (database) => {
      const { code } = await thrownBy(() => pathTemplate(SCHEMAS, '').expand({ dialect: 'mysql', database }));
      expect(code).toBe('database-name');
    },
  );
});

describe('match', () => {
  test.each([
    ['tools/atlas/schemas/postgres/keygen.hcl', { dialect: 'postgres', database: 'keygen' }],
    ['tools/atlas/schemas/postgres/a.b.hcl', { dialect: 'postgres', database: 'a.b' }],
    ['tools/atlas/schemas/oracle/keygen.hcl', null],
    ['tools/atlas/schemas/postgres/keygen.hcl.bak', null],
    ['tools/atlas/schemas/postgres/sub/keygen.hcl', null],
    ['tools/atlas/schemas/postgres/.hcl', null],
    ['tools/atlas/schemas/postgres/.keygen.hcl', null],
    ['x/tools/atlas/schemas/postgres/keygen.hcl', null],
    ['tools/atlas/schemas/postgres/keygenXhcl', null],
  ])('%s', (path, expected) => {
    expect(pathTemplate(SCHEMAS, '').match(path)).toEqual(expected);
  });

  test('holds a name to its first value', () => {
    const template = pathTemplate('{dialect}/{database}/{database}_{dialect}.sql', '');
    expect(template.match('mysql/a/a_mysql.sql')).toEqual({ dialect: 'mysql', database: 'a' });
    expect(template.match('mysql/a/b_mysql.sql')).toBeNull();
    expect(template.match('mysql/a/a_sqlite.sql')).toBeNull();
  });

  test('refuses a path whose database name has a wildcard, and names the path', async () => {
    const path = 'tools/atlas/schemas/postgres/a*b.hcl';
    expect(await thrownBy(() => pathTemplate(SCHEMAS, '').match(path))).toEqual({
      code: 'database-name',
      text: `${path}: the database name "a*b" can't stand in a path`,
      hint: 'use a name without a leading dot, wildcards (* ? [ ] { }), slashes and control characters',
    });
  });

  test('undoes expand, wherever the project lies', () => {
    const database = fc.stringMatching(/^[^./*?[\]{}\\\p{Cc}][^/*?[\]{}\\\p{Cc}]*$/u);
    const segment = fc.stringMatching(/^[^/.\\\p{Cc}]+$/u);
    fc.assert(
      fc.property(
        database,
        fc.constantFrom(...DIALECTS),
        fc.array(segment, { maxLength: 3 }),
        (name, dialect, dir) => {
          const template = pathTemplate('db/{database}-{dialect}/{database}.hcl', dir.join('/'));
          const values = { dialect, database: name };
          expect(template.match(template.expand(values))).toEqual(values);
        },
      ),
      { numRuns: 200 },
    );
  });
});

test.each([
  [SCHEMAS, '', 'tools/atlas/schemas', true],
  [SCHEMAS, 'web', 'web/tools/atlas/schemas', true],
  ['../../db/{dialect}/{database}', 'web/api', 'db', true],
  ['./{dialect}.sql', '', '', false],
  ['db/schema_{dialect}.sql', '', 'db', false],
  ['db/plain.sql', '', 'db', false],
  ['{dialect}', '{odd}[dir]', '{odd}[dir]', false],
])('the literal folder of %s in %j is %j', (source, dir, folder, hasDatabase) => {
  const template = pathTemplate(source, dir);
  expect(template.literalFolder).toBe(folder);
  expect(template.hasDatabase).toBe(hasDatabase);
});

test.each([
  ['', '', 'is empty'],
  ['/abs/{dialect}', '', 'is absolute; write it relative to the folder of the configuration'],
  ['C:/x', '', 'is absolute; write it relative to the folder of the configuration'],
  ['../{dialect}', '', 'leaves the git repository'],
  ['../../{dialect}', 'web', 'leaves the git repository'],
  ['a/../{dialect}', '', 'has a `..` after a folder; only a path that begins with `..` is allowed'],
  ['.git/{dialect}', '', 'points into `.git`'],
  ['a/.GIT/{dialect}', '', 'points into `.git`'],
  ['a\\{dialect}', '', 'has a backslash; write `/` between folders'],
  ['a\n{dialect}', '', 'has a control character or is not valid Unicode'],
  ['a\ud800', '', 'has a control character or is not valid Unicode'],
  ['..', 'web', 'names no file or folder'],
  ['a/{dialekt}', '', 'has the unknown placeholder `{dialekt}`; known are `{dialect}` and `{database}`'],
  ['a/{}', '', 'has the unknown placeholder `{}`; known are `{dialect}` and `{database}`'],
  ['a/*/{dialect}', '', 'has a wildcard or a lone brace; a template knows `{dialect}` and `{database}` only'],
  ['a/{dialect', '', 'has a wildcard or a lone brace; a template knows `{dialect}` and `{database}` only'],
  ['a/{dialect}', '', 'lacks `{database}`'],
  ['a/b', '', 'lacks `{dialect}` and `{database}`'],
  ['a/{dialect}/{database}', '', null],
])('the problem of %j in %j', (source, dir, problem) => {
  expect(templateProblem(source, dir, ['dialect', 'database'])).toBe(problem);
});

test('a source that is no template is refused', async () => {
  expect((await thrownBy(() => pathTemplate('/a/{dialect}', ''))).code).toBe('config-invalid');
});
