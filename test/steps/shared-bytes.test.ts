import { expect, it } from 'vitest';
import { sharedWhereEqual } from '../../src/steps/shared-bytes.ts';

it("takes the others' bytes where they are the same, and leaves the rest and the order", () => {
  const files = new Map(['same', 'other', 'alone'].map((path) => [path, Buffer.from(path)]));
  const held = new Map([
    ['other', Buffer.from('differs')],
    ['same', Buffer.from('same')],
    ['more', Buffer.from('more')],
  ]);
  const shared = sharedWhereEqual(files, held);
  expect([...shared]).toEqual([...files]);
  expect(shared.get('same')).toBe(held.get('same'));
  expect(shared.get('other')).toBe(files.get('other'));
});
