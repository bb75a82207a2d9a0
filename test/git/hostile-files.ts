const ALL_BYTES = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

/** File names that break a reader of lines, of quotes, of options or of UTF-8, with contents that break one of text. */
export const HOSTILE_FILES: Readonly<Record<string, Buffer>> = {
  'new\nline': Buffer.from('a\n'),
  'carriage\rreturn\r': Buffer.from('a\r\nb\rc'),
  'tab\tand space ': Buffer.from(' '),
  '"quoted"': Buffer.from('"'),
  "it's": Buffer.from("'"),
  'back\\slash': Buffer.from('\\'),
  '-leading-dash': Buffer.from('-'),
  '--option=x': Buffer.from('--'),
  '[bracket]*?': Buffer.from('[*]'),
  ':(top)magic': Buffer.from(':'),
  $dollar: Buffer.from('$(false)'),
  'größe/名前/😀': Buffer.from('größe 名前 😀'),
  'decomposed-o\u0308': Buffer.from('x'),
  'bytes-\udcff\udc80-\udce9': ALL_BYTES,
  '\udcc3': Buffer.from('half of a character'),
  empty: Buffer.alloc(0),
  'no newline': Buffer.from('blob 3\0abc\n\nmissing'),
};
