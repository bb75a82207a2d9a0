import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formerEntries } from '../../src/git/former-entries.ts';
import { listIndexWithConflicts } from '../../src/git/index-listing.ts';
import { readIndexState } from '../../src/git/index-state.ts';
import { encodePath } from '../../src/git/path-bytes.ts';
import { readCommit, readIndex, readIndexTrees } from '../../src/git/snapshot.ts';
import { type TestRepository, temporaryRepository } from '../support/repository.ts';
import { HOSTILE_FILES } from './hostile-files.ts';

const BLOBS = ['one', 'two', ''] as const;
const MODES = ['100644', '100755', '120000', '160000'] as const;
/** What stands in one place of a tree: nothing, a file, or a folder with one; `-` sorts before `/`. */
const PLACES = ['', '/x', '-x', '/x/y'] as const;
const NAMES = ['a', 'a0', 'b', 'dir/c', ...Object.keys(HOSTILE_FILES).slice(0, 12)];

interface Placed {
  readonly at: (typeof PLACES)[number];
  readonly mode: (typeof MODES)[number];
  readonly blob: number;
}

const placed = fc.option(
  fc.record<Placed>({
    at: fc.constantFrom(...PLACES),
    mode: fc.constantFrom(...MODES),
    blob: fc.nat(BLOBS.length - 1),
  }),
  { freq: 4 },
);
/** Of each name what HEAD has, what the index has where that differs, and whether it is only meant to be added. */
const trees = fc.tuple(
  ...NAMES.map(() =>
    fc.record({ head: placed, index: fc.option(placed, { freq: 2 }), intends: fc.boolean() }),
  ),
);

async function stage(
  made: TestRepository,
  oids: readonly string[],
  files: readonly (Placed | null)[],
): Promise<void> {
  await made.git('read-tree', '--empty');
  const records = files.flatMap((file, index) =>
    file === null
      ? []
      : [
          Buffer.from(`${file.mode} ${oids[file.blob]} 0\t`),
          ...[encodePath(`${NAMES[index]}${file.at}`), Buffer.from([0])],
        ],
  );
  const staged = await made.tryGit(['update-index', '-z', '--index-info'], { input: Buffer.concat(records) });
  expect(staged.exitCode).toBe(0);
}

test.each(['sha1', 'sha256'] as const)('is what git lists of the commit (%s)', async (objectFormat) => {
  const made = await temporaryRepository({ objectFormat });
  const oids = await Promise.all(
    BLOBS.map(async (input) =>
      (await made.tryGit(['hash-object', '-w', '--stdin'], { input })).stdout.toString().trim(),
    ),
  );
  const repo = await made.open();
  let different = 0;
  await fc.assert(
    fc.asyncProperty(trees, async (files) => {
      await stage(
        made,
        oids,
        files.map(({ head }) => head),
      );
      const commit = await made.git('commit-tree', '-m', 'Head', await made.git('write-tree'));
      await stage(
        made,
        oids,
        files.map(({ head, index }) => (index === null ? head : index)),
      );
      const intended = NAMES.filter((_, index) => files[index]?.intends === true).slice(0, 4);
      await made.write(
        Object.fromEntries(['always', ...intended].map((name) => [`intended/${name}`, 'later\n'])),
      );
      await made.git('add', '--intent-to-add', '--', 'intended');
      const listed = await readCommit(repo, commit);
      const told = await formerEntries(repo, commit, await listIndexWithConflicts(repo));
      expect([...(told ?? [])]).toEqual([...listed.entries]);
      different += (await made.git('diff-index', '--cached', '--name-only', commit)).split('\n').length;
    }),
    { numRuns: 12 },
  );
  expect(different).toBeGreaterThan(60);
});

test('can’t be told from an index in the middle of a merge', async () => {
  const made = await temporaryRepository();
  await made.commit({ a: 'base' });
  await made.git('switch', '--quiet', '-c', 'other');
  await made.commit({ a: 'theirs' });
  await made.git('switch', '--quiet', 'main');
  const commit = await made.commit({ a: 'ours' });
  expect((await made.tryGit(['merge', '--quiet', 'other'])).exitCode).toBe(1);
  const repo = await made.open();
  expect(await formerEntries(repo, commit, await listIndexWithConflicts(repo))).toBeNull();
});

describe('readIndexTrees', () => {
  test('knows HEAD by what was read a moment ago', async () => {
    const made = await temporaryRepository();
    const commit = await made.commit({ a: 'a', 'b/c': 'c', gone: 'x' });
    await made.write({ 'b/c': 'd', 'b/d': 'd', gone: null });
    await made.git('add', '--all');
    const repo = await made.open();
    const { snapshot, head } = await readIndexTrees(repo, await readIndexState(repo));
    expect([...snapshot.entries.keys()]).toEqual(['a', 'b/c', 'b/d']);
    expect(head).toMatchObject({ id: commit, kind: 'commit', label: `commit ${commit.slice(0, 7)}` });
    expect([...head.entries]).toEqual([...(await readCommit(repo, commit)).entries]);
    expect(String((await head.read(['gone'])).get('gone'))).toBe('x');
    // What both trees have is there once.
    expect(head.entries.get('a')).toBe(snapshot.entries.get('a'));
  });

  test.each([
    ['keeps a', 'true'],
    ['keeps no', 'false'],
  ])('is not misled by an index that moved since, where git %s log of HEAD', async (_, logs) => {
    const made = await temporaryRepository();
    await made.git('config', 'core.logAllRefUpdates', logs);
    const commit = await made.commit({ a: 'a', b: 'b' });
    const repo = await made.open();
    await made.write({ a: 'staged' });
    await made.git('add', 'a');
    const state = await readIndexState(repo);
    await made.git('reset', '--quiet');
    const { snapshot, head } = await readIndexTrees(repo, state);
    expect([...head.entries]).toEqual([...(await readCommit(repo, commit)).entries]);
    expect(snapshot.id).toBe((await readIndex(repo)).id);
  });

  test('takes the sides of a merge as they are', async () => {
    const made = await temporaryRepository();
    await made.commit({ a: 'base', b: 'b' });
    await made.git('switch', '--quiet', '-c', 'other');
    await made.commit({ a: 'theirs' });
    await made.git('switch', '--quiet', 'main');
    const commit = await made.commit({ a: 'ours' });
    await made.tryGit(['merge', 'other']);
    const repo = await made.open();
    const { head, conflicts } = await readIndexTrees(repo, await readIndexState(repo));
    expect([...conflicts.keys()]).toEqual(['a']);
    expect([...head.entries]).toEqual([...(await readCommit(repo, commit)).entries]);
  });
});
