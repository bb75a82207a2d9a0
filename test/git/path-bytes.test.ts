import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparePaths, decodePath, displayPath, encodePath, quotePath } from '../../src/git/path-bytes.ts';

const bytes = fc.uint8Array({ maxLength: 24 }).map((array) => Buffer.from(array));
/** Mostly valid text with stray bytes in it, which pure chance seldom makes. */
const mixedBytes = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 4 }).map((s) => Buffer.from(s)),
      bytes,
    ),
  )
  .map((parts) => Buffer.concat(parts));

describe('decodePath and encodePath', () => {
  test('lose nothing, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.oneof(bytes, mixedBytes), (input) => {
        expect(encodePath(decodePath(input)).equals(input)).toBe(true);
      }),
    );
  });

  test('leave valid text as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodePath(Buffer.from(text))).toBe(text);
        expect(encodePath(text).equals(Buffer.from(text))).toBe(true);
      }),
    );
  });

  test('name a byte that is not UTF-8 by a lone surrogate', () => {
    expect(decodePath(Buffer.from([0x61, 0xff, 0x80, 0x62]))).toBe('a\udcff\udc80b');
    // The first two bytes of a sequence of three, then a whole one of four.
    expect(decodePath(Buffer.from([0xe2, 0x82, 0xf0, 0x9f, 0x98, 0x80]))).toBe('\udce2\udc82😀');
    // A surrogate that was encoded as if it were a character.
    expect(decodePath(Buffer.from([0xed, 0xb3, 0xbf]))).toBe('\udced\udcb3\udcbf');
    // A byte order mark is a part of the name.
    expect(decodePath(Buffer.from([0xef, 0xbb, 0xbf, 0x61]))).toBe('\ufeffa');
  });

  test('refuse half a pair that stands for no byte', () => {
    expect(() => encodePath('a\ud800b')).toThrow(expect.objectContaining({ code: 'invalid-path' }));
    expect(() => encodePath('a\udc10b')).toThrow(expect.objectContaining({ code: 'invalid-path' }));
  });
});

test('comparePaths orders as the bytes do', () => {
  const path = mixedBytes.map(decodePath);
  fc.assert(
    fc.property(path, path, (left, right) => {
      const byBytes = Buffer.compare(encodePath(left), encodePath(right));
      expect(Math.sign(comparePaths(left, right))).toBe(byBytes);
    }),
  );
  expect(comparePaths('\uff5e', '😀')).toBeLessThan(0);
});

describe('displayPath', () => {
  test.each([
    ['tools/atlas/schema.hcl', 'tools/atlas/schema.hcl'],
    ['name with space', 'name with space'],
    ['größe/名前', 'größe/名前'],
    ['a\nb\tc', '"a\\nb\\tc"'],
    ['say "hi"\\', '"say \\"hi\\"\\\\"'],
    ['\x1b[31mred', '"\\033[31mred"'],
    ['caf\udce9', '"caf\\351"'],
    // U+202E turns the direction of the line around.
    ['a\u202eb', '"a\\342\\200\\256b"'],
    ['a\u0085b', '"a\\302\\205b"'],
  ])('%j', (path, shown) => {
    expect(displayPath(path)).toBe(shown);
  });

  test('lets no control character through', () => {
    fc.assert(
      fc.property(mixedBytes.map(decodePath), (path) => {
        expect(displayPath(path)).not.toMatch(/[\p{Cc}\p{Cs}]/u);
        expect(quotePath(path)).not.toMatch(/[\p{Cc}\p{Cs}]/u);
      }),
    );
  });
});
