import { expect, test } from 'vitest';
import { resolveSqlcInputs } from '../../src/config/sqlc-config.ts';

const LISTING = [
  '.hidden/a.sql',
  'a-b/x.sql',
  'a/.hidden.sql',
  'a/1.down.sql',
  'a/1.up.sql',
  'a/B.sql',
  'a/atlas.sum',
  'a/b.sql',
  'a/deeper/c.sql',
  'a/x.sql',
  'a/{p,q}.sql',
  'a/é.sql',
  'odd[1]/a.sql',
  'odd1/b.sql',
  'root.sql',
  'schema.sql/x.sql',
];

test.each([
  ['a/x.sql', ['a/x.sql']],
  ['root.sql', ['root.sql']],
  ['a', ['a/1.up.sql', 'a/B.sql', 'a/b.sql', 'a/x.sql', 'a/{p,q}.sql', 'a/é.sql']],
  ['a/*.sql', ['a/1.up.sql', 'a/B.sql', 'a/b.sql', 'a/x.sql', 'a/{p,q}.sql', 'a/é.sql']],
  ['a/?.sql', ['a/B.sql', 'a/b.sql', 'a/x.sql', 'a/é.sql']],
  ['a/[a-c].sql', ['a/b.sql']],
  ['a/[^b].sql', ['a/B.sql', 'a/x.sql', 'a/é.sql']],
  ['a/[!b].sql', ['a/b.sql']],
  // Folder by folder: as whole paths `a-b/x.sql` would come first.
  ['*/x.sql', ['a/x.sql', 'a-b/x.sql', 'schema.sql/x.sql']],
  ['*/a.sql', ['.hidden/a.sql', 'odd[1]/a.sql']],
  // What a pattern reaches may be a folder, which gives its own files.
  ['schema*', ['schema.sql/x.sql']],
  ['a/dee*', ['a/deeper/c.sql']],
  ['**/x.sql', ['a/x.sql', 'a-b/x.sql', 'schema.sql/x.sql']],
  ['a/**', ['a/1.up.sql', 'a/B.sql', 'a/b.sql', 'a/deeper/c.sql', 'a/x.sql', 'a/{p,q}.sql', 'a/é.sql']],
  // Braces mean nothing, and a folder with brackets in its name is read as a pattern.
  ['a/{p,q}.sql', ['a/{p,q}.sql']],
  ['odd[1]/*.sql', ['odd1/b.sql']],
  ['odd\\[1]/*.sql', ['odd[1]/a.sql']],
  ['', ['root.sql']],
])('%s gives %j', (pattern, files) => {
  expect(resolveSqlcInputs([pattern], LISTING)).toEqual({ files, unmatched: [] });
});

test.each([
  'gone.sql',
  'gone',
  'a/*.SQL',
  'a/atlas.sum',
  'a/1.down.sql',
  'a/.hidden.sql',
  'a/[',
  'a/[]b].sql',
  'a/[b-].sql',
  '.*',
])('%s gives nothing, and that is told', (pattern) => {
  const { files, unmatched } = resolveSqlcInputs(
    [pattern],
    LISTING.filter((path) => !path.startsWith('.')),
  );
  expect({ files, unmatched }).toEqual({ files: [], unmatched: [pattern] });
});

test('patterns keep their order, and what two of them name is there twice', () => {
  expect(resolveSqlcInputs(['root.sql', 'gone', 'a/x.sql', '*.sql'], LISTING)).toEqual({
    files: ['root.sql', 'a/x.sql', 'root.sql', 'schema.sql/x.sql'],
    unmatched: ['gone'],
  });
});

test('the order is that of bytes, for a listing in any order', () => {
  // In UTF-16 the surrogates of the second would come first.
  const listing = ['q/\uff5e.sql', 'q/\u{1f600}.sql', 'q/\udcff.sql', 'q/a.sql'].toReversed();
  expect(resolveSqlcInputs(['q'], listing).files).toEqual([
    'q/a.sql',
    'q/\uff5e.sql',
    'q/\u{1f600}.sql',
    'q/\udcff.sql',
  ]);
});
