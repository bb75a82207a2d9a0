import { expect, it } from 'vitest';
import { readHclDiagnostic } from '../../src/format/hcl-diagnostic.ts';

it('reads place and words of an error', () => {
  const text = 'Error: 0.hcl:3,12-4,1: Invalid expression; Expected the start; of an expression.\n';
  expect(readHclDiagnostic('0.hcl', text)).toEqual({
    line: 3,
    column: 12,
    message: 'Invalid expression: Expected the start; of an expression',
    others: 0,
  });
});

it('counts the others, whatever Atlas says of itself afterwards', () => {
  const text =
    'Error: a.hcl:2,1-17: Attribute redefined; Only once., and 12 other diagnostic(s)\nYou run the community build.\n\n  curl x\n';
  expect(readHclDiagnostic('a.hcl', text)).toMatchObject({
    message: 'Attribute redefined: Only once',
    others: 12,
  });
});

it('keeps the first paragraph of a long error', () => {
  const text =
    'Error: a.hcl:2,1-2: Extra characters; Expected a brace.\n\nThis can happen., and 1 other diagnostic(s)\n';
  expect(readHclDiagnostic('a.hcl', text)).toMatchObject({
    message: 'Extra characters: Expected a brace',
    others: 0,
  });
});

it.each([
  '',
  'Error: env "x" not defined',
  'Error: b.hcl:1,1-2: X; Y.',
  'Error: a.hcl: no such file',
  'a.hcl:1,1-2: X; Y.',
])('is null for %j', (text) => {
  expect(readHclDiagnostic('a.hcl', text)).toBeNull();
});
