import { rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { readFormerFiles, readOutputs } from '../../src/commands/read-sources.ts';
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

  test('outputs that are as they were made are not read', async () => {
    const made = await temporaryRepository({ objectFormat });
    await made.commit({ fresh: 'a\n', stale: 'old\n', lost: 'lost\n', other: 'x' });
    await forget(made, 'fresh');
    const repo = await made.open();
    const open = { repo, snapshot: await readIndex(repo) };
    const wanted = files({ fresh: 'a\n', stale: 'new\n', missing: 'm\n' });
    const read = await readOutputs(open, wanted);
    expect(read).toEqual(files({ fresh: 'a\n', stale: 'old\n' }));
    expect(read.get('fresh')).toBe(wanted.get('fresh'));
    await forget(made, 'lost');
    await expect(readOutputs(open, files({ lost: 'else\n' }))).rejects.toMatchObject({
      code: 'object-missing',
    });
  });
});

test('a link to what was made is no output', async () => {
  const made = await temporaryRepository();
  await made.commit({ output: 'made' });
  await made.git('update-index', '--cacheinfo', `120000,${await made.git('rev-parse', ':output')},output`);
  const repo = await made.open();
  const open = { repo, snapshot: await readIndex(repo) };
  await expect(readOutputs(open, files({ output: 'made' }))).rejects.toMatchObject({
    code: 'symlinked-source',
  });
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
