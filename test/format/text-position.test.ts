import fc from 'fast-check';
import { expect, it } from 'vitest';
import { firstInvalidUtf8 } from '../../src/format/text-position.ts';

it.each([
  ['at the start', [0xff], 1, 1],
  ['after a line', [0x61, 0x0a, 0x62, 0x80], 2, 2],
  ['after characters of several bytes', [...Buffer.from('é👍🏽'), 0xc3], 1, 3],
  ['in a character that is cut by a newline', [...Buffer.from('é').subarray(0, 1), 0x0a, 0x61], 1, 1],
  ['in an overlong form', [0x61, 0xc0, 0x80], 1, 2],
  ['in half a surrogate pair', [0xed, 0xa0, 0x80], 1, 1],
])('finds a bad byte %s', (_, bytes, line, column) => {
  expect(firstInvalidUtf8(Buffer.from(bytes))).toEqual({ line, column });
});

it('finds nothing in what is a text, and something in what is none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (before, after) => {
      const text = before.replaceAll('\r', '');
      expect(firstInvalidUtf8(Buffer.from(text + after))).toBeNull();
      const line = text.split('\n').length;
      const broken = Buffer.concat([Buffer.from(text), Buffer.from([0xff]), Buffer.from(after)]);
      expect(firstInvalidUtf8(broken)).toMatchObject({ line });
    }),
  );
});
