import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareOutputs } from '../../src/verdict/output-state.ts';

const tree = (files: Readonly<Record<string, string>>) =>
  new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
const states = (...trees: Parameters<typeof compareOutputs>) =>
  Object.fromEntries(compareOutputs(...trees).map(({ path, state }) => [path, state]));

describe('compareOutputs', () => {
  it('compares sets, byte for byte', () => {
    const made = tree({ same: 'a\n', crlf: 'a\n', gone: 'a\n', empty: '' });
    const committed = tree({ same: 'a\n', crlf: 'a\r\n', extra: 'a\n', empty: '' });
    expect(states(made, committed, new Map())).toEqual({
      ...{ same: 'fresh', empty: 'fresh' },
      ...{ crlf: 'stale', gone: 'missing', extra: 'orphan' },
    });
  });

  it('knows an edit by hand from a stale file by what HEAD has', () => {
    const made = tree({ edited: 'new', stale: 'new', deleted: 'new' });
    const committed = tree({ edited: 'mine', stale: 'old' });
    const head = tree({ edited: 'new', stale: 'old', deleted: 'new' });
    expect(states(made, committed, head)).toEqual({
      edited: 'hand-edited',
      stale: 'stale',
      deleted: 'missing',
    });
    expect(states(made, committed, new Map())).toMatchObject({ edited: 'stale' });
  });

  it('has one state for each path of either set, and calls fresh exactly what is equal', () => {
    const files = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('', 'x', 'y'));
    fc.assert(
      fc.property(files, files, files, (made, committed, head) => {
        const found = compareOutputs(tree(made), tree(committed), tree(head));
        const paths = [...new Set([...Object.keys(made), ...Object.keys(committed)])].sort();
        expect(found.map(({ path }) => path)).toEqual(paths);
        for (const { path, state } of found) {
          expect(state === 'fresh').toBe(path in made && made[path] === committed[path]);
        }
        const fresh = new Set(found.filter(({ state }) => state === 'fresh').map(({ path }) => path));
        const without = (of: ReadonlyMap<string, Buffer>) =>
          new Map([...of].filter(([path]) => !fresh.has(path)));
        expect(compareOutputs(without(tree(made)), without(tree(committed)), tree(head), fresh)).toEqual(
          found,
        );
      }),
    );
  });
});
