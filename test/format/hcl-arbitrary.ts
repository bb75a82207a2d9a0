import fc from 'fast-check';

const name = fc.constantFrom('a', 'bb', 'table', 'null', 'x-y', 'é');
const space = fc.constantFrom('', ' ', '  ', '\t');
const lineEnd = fc.constantFrom('\n', '\n\n', '\r\n', ' # c\n', '// d\n', ' /* e */\n', '\n  /* g\n h */\n');
/** Joins two parts with the brace that opens an interpolation, which would look like a mistake in a plain string. */
function interpolated(before: string, after: string): string {
  return `${before}{${after}`;
}

const atom = fc.constantFrom(
  '1',
  '-1',
  '"s"',
  'a.b',
  'true',
  interpolated('"a $', ' b } c"'),
  'sql("now()")',
  '<<EOT\n  x\nEOT\n',
  interpolated('<<-EOT\n  $', 'y}\n  EOT\n'),
  '"é👍\\n\\""',
  '"%{if a}b%{endif}"',
);

const { expression } = fc.letrec<{ expression: string; list: string; object: string; operation: string }>(
  (tie) => ({
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      atom,
      tie('list'),
      tie('object'),
      tie('operation'),
    ),
    list: fc
      .tuple(
        fc.array(tie('expression'), { maxLength: 3 }),
        space,
        fc.constantFrom(',', ',\n', ' ,  ', ',\n # c\n'),
      )
      .map(([items, pad, comma]) => `[${pad}${items.join(comma)}${pad}]`),
    object: fc
      .tuple(name, tie('expression'), space)
      .map(([key, value, pad]) => `{${pad}${key}${pad}=${pad}${value}${pad}}`),
    operation: fc
      .tuple(tie('expression'), fc.constantFrom('+', '-', '==', '&&', '?a:'), tie('expression'), space)
      .map(([left, sign, right, pad]) => `(${left}${pad}${sign}${pad}${right})`),
  }),
);

const argument = fc
  .tuple(space, name, fc.nat(), space, space, expression, space, lineEnd)
  .map(([indent, key, number, before, after, value, pad, end]) => {
    const rest = value.endsWith('\n') ? '' : pad + end;
    return `${indent}${key}${number}${before}=${after}${value}${rest}`;
  });

const { body } = fc.letrec<{ body: string; block: string }>((tie) => ({
  body: fc
    .array(fc.oneof({ depthSize: 'small' }, argument, tie('block'), lineEnd), { maxLength: 5 })
    .map((lines) => lines.join('')),
  block: fc
    .tuple(
      space,
      name,
      fc.constantFrom('', ' "l"', '"m"  "k"', ' label'),
      space,
      lineEnd,
      tie('body'),
      space,
      lineEnd,
    )
    .map(
      ([indent, type, labels, pad, open, inner, close, end]) =>
        `${indent}${type}${labels}${pad}{${open}${inner}${close}}${end}`,
    ),
}));

/** Text that is mostly valid HCL and hardly ever formatted; an operand that is a heredoc makes it invalid. */
export const hclBody: fc.Arbitrary<string> = body;

const plainName = fc.constantFrom('a', 'table', 'null', 'x-y', 'B_2', 'for', 'true');
const plainString = fc.constantFrom('"s"', '""', String.raw`"q\"\\\n"`, '"é👍 #{} // %"', '"a$b"', '"$"');
const { plainValue } = fc.letrec<{ plainValue: string; call: string; list: string }>((tie) => ({
  plainValue: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(
      plainString,
      fc.constantFrom(
        '1',
        '-1.50',
        '0',
        'true',
        'false',
        'a.b',
        'table.x-y.column.c',
        'NO_ACTION',
        'a.null.for',
      ),
    ),
    tie('call'),
    tie('list'),
  ),
  call: fc
    .tuple(plainName, fc.array(tie('plainValue'), { maxLength: 3 }), fc.constantFrom(',', ', ', ' ,\t'))
    .map(
      ([key, given, comma]) =>
        `${['null', 'for', 'true'].includes(key) ? 'f' : key}(${given.filter((one) => !one.includes('\n')).join(comma)})`,
    ),
  list: fc
    .tuple(
      fc.array(tie('plainValue'), { maxLength: 3 }),
      fc.constantFrom('', ' ', '\n', ' # c\n  '),
      fc.constantFrom(',', ', ', ',\n', ',\n  // d\n'),
      fc.boolean(),
    )
    .map(
      ([items, pad, comma, ends]) =>
        `[${pad}${items.join(comma)}${ends && items.length > 0 ? ',' : ''}${pad}]`,
    ),
}));

const plainEnd = fc.constantFrom('\n', '\n\n', ' # c é\n', '// d\n', ' \t\n  \n');
const { plainBody } = fc.letrec<{ plainBody: string; block: string; argument: string }>((tie) => ({
  plainBody: fc
    .array(fc.oneof({ depthSize: 'small' }, tie('argument'), tie('block'), plainEnd), { maxLength: 5 })
    .map((lines) => lines.join('')),
  argument: fc
    .tuple(space, plainName, fc.nat(), space, space, plainValue, plainEnd)
    .map(
      ([indent, key, number, before, after, value, end]) =>
        `${indent}${key}${number}${before}=${after}${value}${end}`,
    ),
  block: fc
    .tuple(
      space,
      plainName,
      fc.constantFrom('', ' "l"', '"m"  "k é"', ' label'),
      space,
      plainEnd,
      tie('plainBody'),
      plainEnd,
    )
    .map(
      ([indent, type, labels, pad, open, inner, end]) =>
        `${indent}${type}${labels}${pad}{${open}${inner}}${end}`,
    ),
}));

/** Valid HCL without templates, heredocs, operations and comments that have an end. */
export const plainHclBody: fc.Arbitrary<string> = plainBody;
