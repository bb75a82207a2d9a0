import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isBelow, isInsideAny } from '../../src/plan/paths.ts';

it('knows a path inside one of many folders as each folder by itself would', () => {
  const path = fc
    .array(fc.constantFrom('a', 'b', 'ab', '.', 'é'), { minLength: 1, maxLength: 4 })
    .map((segments) => segments.join('/'));
  fc.assert(
    fc.property(path, fc.uniqueArray(path, { maxLength: 4 }), (one, folders) => {
      const expected = folders.some((folder) => isBelow(one, folder));
      expect(isInsideAny(one, new Set(folders))).toBe(expected);
    }),
  );
  expect(isInsideAny('migrations/app/1.sql', new Set(['migrations/ap', 'migrations/app']))).toBe(true);
  expect(isInsideAny('migrations/app', new Set(['migrations/app']))).toBe(false);
});
