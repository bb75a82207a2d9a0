import { expect, it } from 'vitest';
import { baselineStyle } from '../../src/steps/baseline-style.ts';

const SILENT = { format: null, qualified: null };
const INDENTED = '-- Create "t" table\nCREATE TABLE "t" (\n  "id" bigint NOT NULL\n);\n';

it.each([
  ['nothing yet', null, '{{ sql . "  " }}', false],
  ['two spaces', INDENTED, '{{ sql . "  " }}', false],
  ['a tab', INDENTED.replace('  ', '\t'), '{{ sql . "\\t" }}', false],
  ['one line', 'CREATE TABLE "t" ("id" bigint NOT NULL);\n', '{{ sql . }}', false],
  ['a type and no table', `CREATE TYPE "k" AS ENUM ('a');\n`, '{{ sql . "  " }}', false],
  ['names with their schema', INDENTED.replace('TABLE "t"', 'TABLE "public"."t"'), '{{ sql . "  " }}', true],
  ['a type with its schema', `CREATE TYPE "public"."k" AS ENUM ('a');\n`, '{{ sql . "  " }}', true],
  ['names of MySQL with their schema', 'CREATE TABLE `a`.`b` (\n  `id` int\n);\n', '{{ sql . "  " }}', true],
  ['a quoted name with a dot', INDENTED.replace('TABLE "t"', 'TABLE "a.b"'), '{{ sql . "  " }}', false],
  ['Windows line ends', INDENTED.replaceAll('\n', '\r\n'), '{{ sql . "  " }}', false],
])('reads the style of %s', (_, baseline, format, qualified) => {
  expect(baselineStyle(baseline, SILENT)).toEqual({ format, qualified });
});

it('takes what the configuration says over what it reads', () => {
  expect(baselineStyle(INDENTED, { format: '{{ sql . "x" }}', qualified: true })).toEqual({
    format: '{{ sql . "x" }}',
    qualified: true,
  });
  expect(
    baselineStyle(INDENTED.replace('"t"', '"p"."t"'), { format: null, qualified: false }).qualified,
  ).toBe(false);
});
