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
