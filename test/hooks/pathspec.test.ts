import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverage, escapeGlob, glob, pathspecs, readPathspec, tree } from '../../src/hooks/pathspec.ts';
import { temporaryRepository } from '../support/repository.ts';

describe('pathspecs', () => {
  it('are as few as cover the same files, in a fixed order', () => {
    expect(
      pathspecs([
        tree('b/c'),
        tree('b'),
        tree('a/x.sql'),
        tree('bc'),
        glob('b/*.sql'),
        glob('d/*.sql'),
        tree('b'),
      ]),
    ).toEqual([':(glob)d/*.sql', 'a/x.sql', 'b', 'bc']);
    expect(pathspecs([tree('a'), glob('**/x'), tree('')])).toEqual(['.']);
  });

  it('are literal where a path has wildcards, and read back as they were', () => {
    const watched = [tree(''), tree('a b'), tree('[a]*'), tree(':(glob)x'), tree('q?\\'), glob('a/*.sql')];
    for (const item of watched) {
      const [text = ''] = pathspecs([item]);
      expect(readPathspec(text)).toEqual(item);
    }
    expect(pathspecs([tree('[a]*')])).toEqual([':(literal)[a]*']);
  });

  it('take a pattern for covered only by a folder around it', () => {
    expect(coverage([tree('a')])(glob('a/*/b'))).toBe(true);
    expect(coverage([tree('a/b')])(glob('a/*/b'))).toBe(false);
    expect(coverage([glob('a/*')])(tree('a/b'))).toBe(false);
    expect(coverage([tree('a')])(tree('ab'))).toBe(false);
  });

  it('match in git what they mean, whatever characters a path has', async () => {
    const repository = await temporaryRepository();
    const names = ['[a]b', 'ab', ':(top)x', '*', 'plain', "it's", 'new\nline', '-dash', 'back\\slash', 'é'];
    await repository.commit(Object.fromEntries(names.map((name) => [`d/${name}`, 'x'])));
    for (const name of names) {
      for (const item of [tree(`d/${name}`), glob(`${escapeGlob(`d/${name}`).slice(0, -1)}*`)]) {
        const [pathspec = ''] = pathspecs([item]);
        const found = (await repository.git('ls-files', '-z', '--', pathspec)).split('\0').filter(Boolean);
        expect(found, pathspec).toContain(`d/${name}`);
        if (item.kind === 'tree') expect(found).toEqual([`d/${name}`]);
      }
    }
  });

  it('never grow, and cover every one they were made of', () => {
    const segment = fc.constantFrom('a', 'b', '*', '[c]', ':d');
    const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => segments.join('/'));
    const item = fc.oneof(path.map(tree), path.map(glob));
    fc.assert(
      fc.property(fc.array(item, { maxLength: 6 }), (items) => {
        const kept = pathspecs(items).map(readPathspec);
        expect(kept.length).toBeLessThanOrEqual(items.length);
        for (const one of items) expect(coverage(kept)(one)).toBe(true);
      }),
    );
  });
});
