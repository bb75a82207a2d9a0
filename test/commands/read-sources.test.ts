import { rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { freshIn, readFormerFiles, readPresent } from '../../src/commands/read-sources.ts';
import { blobName } from '../../src/git/blob-name.ts';
import { readHead, readIndex } from '../../src/git/snapshot.ts';
import { type TestRepository, temporaryRepository } from '../support/repository.ts';

const files = (contents: Readonly<Record<string, string>>) =>
  new Map(Object.entries(contents).map(([path, text]) => [path, Buffer.from(text)]));

/** Takes a staged file's object away, so that whoever reads it fails. */
async function forget(made: TestRepository, path: string): Promise<void> {
  const oid = await made.git('rev-parse', `:${path}`);
  await rm(made.path(`.git/objects/${oid.slice(0, 2)}/${oid.slice(2)}`));
}

describe.each(['sha1', 'sha256'] as const)('with %s', (objectFormat) => {
  test('blobName is what git calls a file', async () => {
    const made = await temporaryRepository({ objectFormat });
    for (const bytes of [Buffer.alloc(0), Buffer.from([0, 10, 255]), Buffer.alloc(100_000, 'é')]) {
      const { stdout } = await made.tryGit(['hash-object', '--stdin'], { input: bytes });
      expect(blobName(bytes, objectFormat)).toBe(stdout.toString().trim());
    }
  });

  test('an output is known to be fresh without being read', async () => {
    const made = await temporaryRepository({ objectFormat });
    await made.commit({ fresh: 'a\n', stale: 'old\n' });
    await forget(made, 'fresh');
    const repo = await made.open();
    const snapshot = await readIndex(repo);
    const isFresh = freshIn({ repo, snapshot });
    expect(isFresh('fresh', Buffer.from('a\n'))).toBe(true);
    expect(isFresh('stale', Buffer.from('new\n'))).toBe(false);
    expect(isFresh('missing', Buffer.from('a\n'))).toBe(false);
    expect(await readPresent(snapshot, ['stale', 'missing'])).toEqual(files({ stale: 'old\n' }));
    await expect(readPresent(snapshot, ['fresh'])).rejects.toMatchObject({ code: 'object-missing' });
  });
});

test('a link to what was made is no output', async () => {
  const made = await temporaryRepository();
  await made.commit({ output: 'made' });
  await made.git('update-index', '--cacheinfo', `120000,${await made.git('rev-parse', ':output')},output`);
  const repo = await made.open();
  const snapshot = await readIndex(repo);
  expect(freshIn({ repo, snapshot })('output', Buffer.from('made'))).toBe(false);
  await expect(readPresent(snapshot, ['output'])).rejects.toMatchObject({ code: 'symlinked-source' });
});

test('of HEAD only that is read which the snapshot has otherwise', async () => {
  const made = await temporaryRepository();
  await made.commit({ same: 'a', changed: 'b', gone: 'c', other: 'd' });
  await forget(made, 'same');
  await made.write({ changed: 'e', gone: null, new: 'f' });
  await made.git('rm', '--quiet', '--cached', 'gone');
  await made.git('add', 'changed', 'new');
  const repo = await made.open();
  const open = { head: await readHead(repo), snapshot: await readIndex(repo) };
  const read = await readFormerFiles(open, ['same', 'changed', 'gone', 'new', 'nowhere']);
  expect(read).toEqual(files({ changed: 'b', gone: 'c' }));
});

test('what HEAD has too large, or as a pointer of Git LFS, is left out', async () => {
  const made = await temporaryRepository();
  const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n';
  await made.commit({ pointer, small: 'a' });
  const former = async () => {
    const repo = await made.open();
    const open = { head: await readHead(repo), snapshot: await readIndex(repo) };
    return readFormerFiles(open, ['pointer', 'small', 'large']);
  };
  await made.write({ pointer: 'b', small: 'b' });
  await made.git('add', '--all');
  expect(await former()).toEqual(files({ small: 'a' }));
  await made.commit({ pointer, small: 'a', large: Buffer.alloc(33 * 1024 * 1024, 'x') });
  await made.write({ pointer: 'b', small: 'b', large: 'b' });
  await made.git('add', '--all');
  expect(await former()).toEqual(files({ small: 'a' }));
});
