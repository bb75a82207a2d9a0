import { expect, test } from 'vitest';
import { globMatcher, globProblem, rootGlob } from '../../src/config/glob.ts';
import { globScan, isScanned } from '../../src/config/scanned-paths.ts';

const file = (path: string) => ({ path, mode: '100644' });

const LISTING = [
  file('a/sqlc.yaml'),
  file('a/vendor/x/sqlc.yaml'),
  file('go.mod'),
  file('node_modules/x/sqlc.yaml'),
  file('services/one/go.mod'),
  file('services/one/sqlc.yaml'),
  file('services/one/sub/sqlc.yaml'),
  file('testdata/sqlc.yaml'),
  file('.hidden/sqlc.yaml'),
  { path: 'linked/sqlc.yaml', mode: '120000' },
  { path: 'module/sqlc.yaml', mode: '160000' },
];

test.each([
  ['**/sqlc.yaml', ['a/sqlc.yaml', '.hidden/sqlc.yaml']],
  ['*/sqlc.yaml', ['a/sqlc.yaml', '.hidden/sqlc.yaml']],
  ['a/**/sqlc.yaml', ['a/sqlc.yaml']],
  ['a/vendor/**/sqlc.yaml', ['a/vendor/x/sqlc.yaml']],
  ['**/vendor/**/sqlc.yaml', ['a/vendor/x/sqlc.yaml']],
  ['testdata/sqlc.yaml', ['testdata/sqlc.yaml']],
  ['services/*/sqlc.yaml', []],
  ['services/one/**/sqlc.yaml', ['services/one/sqlc.yaml', 'services/one/sub/sqlc.yaml']],
  ['services/one/sqlc.yaml', ['services/one/sqlc.yaml']],
  ['module/sqlc.yaml', []],
  ['linked/sqlc.yaml', []],
])('%s reaches %j', (pattern, paths) => {
  expect(globScan(LISTING, '')(pattern).paths).toEqual(paths);
});

test('what is left out has its reason', () => {
  const { leftOut } = globScan(LISTING, '')('**/sqlc.yaml');
  expect(leftOut.map(({ path, reason }) => `${path} ${reason}`)).toEqual([
    'a/vendor/x/sqlc.yaml lies in `a/vendor/`',
    'node_modules/x/sqlc.yaml lies in `node_modules/`',
    'services/one/sqlc.yaml lies in the nested Go module `services/one/`',
    'services/one/sub/sqlc.yaml lies in the nested Go module `services/one/`',
    'testdata/sqlc.yaml lies in `testdata/`',
    'linked/sqlc.yaml is a symbolic link',
    'module/sqlc.yaml is a submodule',
  ]);
});

test("a project's own go.mod makes no nested module of it", () => {
  expect(globScan(LISTING, 'services/one')('services/one/**/sqlc.yaml').leftOut).toEqual([]);
});

test('a scan without a pattern leaves the same folders out', () => {
  const scanned = isScanned(LISTING, '');
  expect(LISTING.map(({ path }) => path).filter(scanned)).toEqual([
    'a/sqlc.yaml',
    'go.mod',
    '.hidden/sqlc.yaml',
    'linked/sqlc.yaml',
  ]);
});

test.each([
  ['a/(group)/x', 'a/(group)/x', true],
  ['a/(group)/*', 'a/(group)/x', true],
  ['a/@(x)', 'a/x', false],
  ['a/[!b]', 'a/c', true],
  ['a/[!b]', 'a/b', false],
  ['a/[!b]', 'a/!', true],
  ['a/[id]/x', 'a/[id]/x', true],
  ['a/[id]/x', 'a/i/x', true],
  ['!a', '!a', true],
  ['!a', 'b', false],
  ['a|b', 'a', false],
  ['a+', 'aa', false],
  ['a*', 'a/b', false],
  ['a/**', 'a/b/c', true],
  ['**/a', 'a', true],
  ['a?', 'ab', true],
  ['A', 'a', false],
])('the glob %s and the path %s: %s', (pattern, path, expected) => {
  expect(globMatcher(pattern)(path)).toBe(expected);
});

test('a folder of the project is no pattern', () => {
  const glob = rootGlob('*.sql', 'a[b]{c}');
  expect(globMatcher(glob)('a[b]{c}/x.sql')).toBe(true);
  expect(globMatcher(glob)('ab{c}/x.sql')).toBe(false);
  expect(globMatcher(rootGlob('../db/*.sql', 'web'))('db/x.sql')).toBe(true);
});

test.each([
  ['a/{b,c}', 'has `{b,c}`; write the alternatives as patterns of their own'],
  ['a/{b', 'has `{`; write the alternatives as patterns of their own'],
  ['a/[b', 'has brackets that do not make a set of characters'],
  ['a/[z-a]', 'has brackets that do not make a set of characters'],
  ['/a', 'is absolute; write it relative to the folder of the configuration'],
  ['../a/*', 'leaves the git repository'],
  ['a/**/[!b]?.sql', null],
])('the problem of the glob %s', (source, problem) => {
  expect(globProblem(source, '')).toBe(problem);
});
