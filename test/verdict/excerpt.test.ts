import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerpt } from '../../src/verdict/excerpt.ts';

const file = (text: string) => Buffer.from(text);
const numbered = (count: number, mark: string) =>
  Array.from({ length: count }, (_, index) => `${mark}${index}\n`).join('');

describe('excerpt', () => {
  it('shows unified hunks from the snapshot to the regeneration, with three lines around', () => {
    const before = file(numbered(20, 'line '));
    const after = file(numbered(20, 'line ').replace('line 9\n', 'line nine\n'));
    expect(excerpt(before, after)).toEqual({
      diff: '@@ -7,7 +7,7 @@\n line 6\n line 7\n line 8\n-line 9\n+line nine\n line 10\n line 11\n line 12\n',
      line: 10,
    });
  });

  it('shows a file that is missing or that should not be there as a whole', () => {
    expect(excerpt(null, file('a\n'))).toEqual({ diff: '@@ -0,0 +1,1 @@\n+a\n', line: null });
    expect(excerpt(file('a\n'), null)).toEqual({ diff: '@@ -1,1 +0,0 @@\n-a\n', line: null });
    expect(excerpt(null, file(''))).toEqual({ diff: 'no file here, 0 bytes regenerated', line: null });
  });

  it('says nothing where nothing differs', () => {
    expect(excerpt(file('a'), file('a'))).toEqual({ diff: null, line: null });
    expect(excerpt(null, null)).toEqual({ diff: null, line: null });
  });

  it('marks a missing newline at the end', () => {
    expect(excerpt(file('a'), file('a\n')).diff).toBe(
      '@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n',
    );
  });

  it('points at the last line where the snapshot ends too early', () => {
    expect(excerpt(file('a\nb\n'), file('a\nb\nc\n')).line).toBe(2);
    expect(excerpt(file(''), file('a\n')).line).toBe(1);
  });

  it.each([
    ['a\r\nb\r\n', 'a\nb\n', 'only the line ends differ: CRLF here, LF regenerated', 1],
    ['a\nb\n', 'a\r\nb\r\n', 'only the line ends differ: LF here, CRLF regenerated', 1],
    ['a\nb\r\n', 'a\nb\n', 'only the line ends differ: a mixture of CRLF and LF here, LF regenerated', 2],
    ['\ufeffa\n', 'a\n', 'only the byte order mark differs: the file starts with one here', 1],
    [
      'a\n',
      '\ufeffa\n',
      'only the byte order mark differs: the file starts with one in what is regenerated',
      1,
    ],
  ])('tells in words what hunks would not show: %j to %j', (before, after, diff, line) => {
    expect(excerpt(file(before), file(after))).toEqual({ diff, line });
  });

  it('sums up binary content, huge files and too many differences', () => {
    expect(excerpt(file('a\0b'), file('a\n')).diff).toBe('binary content: 3 bytes here, 2 bytes regenerated');
    const huge = Buffer.alloc(2 * 1024 * 1024 + 1, 'x\n');
    expect(excerpt(huge, file('x')).diff).toBe('too large to show: 2097153 bytes here, 1 byte regenerated');
    const many = excerpt(file(numbered(3000, 'a')), file(numbered(3000, 'b')));
    expect(many).toEqual({
      diff: 'too many differences to show: 16890 bytes here, 16890 bytes regenerated',
      line: 1,
    });
  });

  it('keeps bytes that are not UTF-8 apart', () => {
    const { diff } = excerpt(Buffer.from([0x61, 0xe9, 0x0a]), Buffer.from([0x61, 0xe8, 0x0a]));
    expect(diff).toBe('@@ -1,1 +1,1 @@\n-a\udce9\n+a\udce8\n');
  });

  it('has a difference and a line of the file for every two files that differ', () => {
    const content = fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc
        .array(fc.constantFrom('a', '\n', '\r\n', '\ufeff', 'é'), { maxLength: 8 })
        .map((parts) => file(parts.join(''))),
    );
    fc.assert(
      fc.property(content, content, (left, right) => {
        const [before, after] = [Buffer.from(left), Buffer.from(right)];
        const { diff, line } = excerpt(before, after);
        if (before.equals(after)) return diff === null && line === null;
        const lines = before.toString('latin1').split('\n').length;
        return diff !== null && diff !== '' && line !== null && line >= 1 && line <= lines;
      }),
    );
  });
});
