import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { counted, printable, printableLine } from '../../src/report/printable.ts';

describe('printable', () => {
  it('writes out what a terminal would act upon or hide', () => {
    expect(printable('\x1b[31mred\x07 \x9b2J \x7f\r')).toBe('\\x1b[31mred\\x07 \\x9b2J \\x7f\\x0d');
    expect(printable('a\u202egnp.sql\u200b \udce9 \ud800')).toBe('a\\u202egnp.sql\\u200b \\xe9 \\ud800');
  });

  it('leaves words of any language, tabs and newlines alone', () => {
    expect(printable('näme 鍵 😀\n\tx')).toBe('näme 鍵 😀\n\tx');
    expect(printableLine('a\n\tb')).toBe('a\\n\\tb');
  });

  it('lets no control character through', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(printableLine(text)),
      ),
    );
  });
});

describe('counted', () => {
  it('knows one and many', () => {
    expect([counted(0, 'file'), counted(1, 'file'), counted(2, 'file')]).toEqual([
      '0 files',
      '1 file',
      '2 files',
    ]);
  });
});
