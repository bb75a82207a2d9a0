import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { blobName } from '../../src/git/blob-name.ts';
import { diskBlobs } from '../../src/git/disk-blobs.ts';
import { decodePath } from '../../src/git/path-bytes.ts';
import { temporaryRepository } from '../support/repository.ts';

it.each(['sha1', 'sha256'] as const)(
  'names what is on disk, whatever the path is (%s)',
  async (objectFormat) => {
    const made = await temporaryRepository({ objectFormat });
    const paths = [
      'a',
      'a folder/ä',
      '"quoted"',
      'back\\slash',
      'line\nend\r',
      decodePath(Buffer.from([0x62, 0xff])),
    ];
    await made.write(Object.fromEntries(paths.map((path) => [path, path.length.toString()])));
    const blobs = await diskBlobs(await made.open(), paths);
    expect([...blobs]).toEqual(
      paths.map((path) => [path, new Set([blobName(Buffer.from(path.length.toString()), objectFormat)])]),
    );
  },
);

it('gives the name of what git would store, and of the bytes themselves, also where the index hides the file', async () => {
  const made = await temporaryRepository();
  await made.commit({ '.gitattributes': '* text\n', a: 'a\n' });
  await made.git('update-index', '--skip-worktree', 'a');
  await made.write({ a: 'b\r\n' });
  const names = ['b\n', 'b\r\n'].map((text) => blobName(Buffer.from(text), 'sha1'));
  expect((await diskBlobs(await made.open(), ['a'])).get('a')).toEqual(new Set(names));
});

it('leaves out what is no file, and stores nothing', async () => {
  const made = await temporaryRepository();
  await made.write({ file: 'new\n', 'folder/file': 'new\n' });
  await symlink('file', join(made.root, 'link'));
  const blobs = await diskBlobs(await made.open(), ['folder', 'link', 'gone', 'file/below', 'file']);
  expect([...blobs.keys()]).toEqual(['file']);
  const stored = await made.tryGit(['cat-file', '-e', blobName(Buffer.from('new\n'), 'sha1')]);
  expect(stored.exitCode).not.toBe(0);
});
