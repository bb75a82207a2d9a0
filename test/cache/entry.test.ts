import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytesDigest } from '../../src/cache/digest.ts';
import { decodeEntry, encodeEntry } from '../../src/cache/entry.ts';

const key = fc.string().map(bytesDigest);
const content = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));

it('gives back what was put in', () => {
  fc.assert(
    fc.property(key, content, (ownKey, bytes) => {
      expect(decodeEntry(ownKey, encodeEntry(ownKey, bytes))).toEqual(bytes);
    }),
  );
});

it('is not there once any of its bits was turned', () => {
  fc.assert(
    fc.property(key, content, fc.nat(), fc.nat(7), (ownKey, bytes, at, bit) => {
      const entry = encodeEntry(ownKey, bytes);
      const place = at % entry.length;
      entry[place] = (entry[place] ?? 0) ^ (1 << bit);
      expect(decodeEntry(ownKey, entry)).toBeNull();
    }),
    { numRuns: 2000 },
  );
});

it('is not there where it was cut off, or goes on', () => {
  fc.assert(
    fc.property(key, content, fc.nat(), content, (ownKey, bytes, at, more) => {
      const entry = encodeEntry(ownKey, bytes);
      expect(decodeEntry(ownKey, entry.subarray(0, at % entry.length))).toBeNull();
      if (more.length > 0) expect(decodeEntry(ownKey, Buffer.concat([entry, more]))).toBeNull();
    }),
    { numRuns: 500 },
  );
});

it('is not there in the place of another, nor under a key that was written into it', () => {
  fc.assert(
    fc.property(key, key, content, (ownKey, otherKey, bytes) => {
      fc.pre(ownKey !== otherKey);
      const entry = encodeEntry(ownKey, bytes);
      expect(decodeEntry(otherKey, entry)).toBeNull();
      const renamed = Buffer.from(entry.toString('latin1').replace(ownKey, otherKey), 'latin1');
      expect(decodeEntry(otherKey, renamed)).toBeNull();
    }),
  );
});

it('is not there in whatever bytes there are', () => {
  fc.assert(
    fc.property(key, content, (ownKey, bytes) => {
      expect(decodeEntry(ownKey, bytes)).toBeNull();
    }),
  );
});
