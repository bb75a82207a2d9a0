import { z } from 'zod';
import type { ConfigDocument } from './config-document.ts';
import type { ConfigProblem } from './config-problem.ts';
import { keysKnownAt } from './known-keys.ts';
import { listOf, nearestName, suggestion } from './nearest-name.ts';
import type { KeyPath } from './yaml-places.ts';

/** The part of a zod issue that every kind of it has, with its path from the root. */
type Issue = z.core.$ZodIssue;

/** More choices than this are told only where none of them is near. */
const MOST_LISTED = 6;

/**
 * Says what a definition found in a document, in words, with places, and with the nearest known name.
 *
 * @param definition what refused the document; asked for the keys that it knows
 */
export function issueProblems(
  issues: readonly Issue[],
  document: ConfigDocument,
  definition: z.core.$ZodType,
): readonly ConfigProblem[] {
  const known = z.toJSONSchema(definition, { io: 'input', unrepresentable: 'any' });
  return issues.flatMap((issue) => explain(issue, [], document, known));
}

function explain(issue: Issue, above: KeyPath, document: ConfigDocument, known: unknown): ConfigProblem[] {
  const keys = [...above, ...issue.path];
  const value = valueAt(document.value, keys);
  const name = nameOf(keys);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        place: document.keyPlace([...keys, key]),
        text: `unknown ${wordFor(keys)} \`${key}\`${keys.length === 0 ? '' : ` in ${name}`}: ${suggestion(key, keysKnownAt(known, keys).filter(isMeantByPeople))}`,
      }));
    case 'invalid_union':
      return explainUnion(issue, keys, document, known);
    case 'invalid_value':
      return [
        mismatch(document, keys, value, listOf(issue.values.map(String), 'or'), issue.values.map(String)),
      ];
    case 'invalid_type':
      return [mismatch(document, keys, value, typeName(issue.expected), [])];
    case 'too_small':
      return [
        {
          place: document.valuePlace(keys),
          text: `${name} ${sizeText(issue.origin, Number(issue.minimum), 'at least')}`,
        },
      ];
    case 'too_big':
      return [
        {
          place: document.valuePlace(keys),
          text: `${name} ${sizeText(issue.origin, Number(issue.maximum), 'at most')}`,
        },
      ];
    case 'custom':
      return [{ place: document.valuePlace(keys), text: `${name} ${issue.message}` }];
    default:
      return [{ place: document.valuePlace(keys), text: `${name} is wrong: ${issue.message}` }];
  }
}

/** The branch that fits the kind of value is the one that was meant; without one, all of them are named. */
function explainUnion(
  issue: z.core.$ZodIssueInvalidUnion,
  keys: KeyPath,
  document: ConfigDocument,
  known: unknown,
): ConfigProblem[] {
  const meant = issue.errors.find((branch) =>
    branch.every(
      ({ code, path }) => path.length > 0 || (code !== 'invalid_type' && code !== 'invalid_value'),
    ),
  );
  if (meant !== undefined) {
    return meant.flatMap((inner) => explain(inner, keys, document, known));
  }
  const own = issue.errors.flatMap((branch) => branch.filter(({ path }) => path.length === 0));
  const values = own.flatMap((inner) => (inner.code === 'invalid_value' ? inner.values.map(String) : []));
  const types = own.flatMap((inner) => (inner.code === 'invalid_type' ? [typeName(inner.expected)] : []));
  const wanted = [...values.map((value) => `\`${value}\``), ...new Set(types)];
  const text =
    wanted.length < 2 ? wanted.join('') : `${wanted.slice(0, -1).join(', ')} or ${wanted.at(-1) ?? ''}`;
  return [mismatch(document, keys, valueAt(document.value, keys), text, values)];
}

function mismatch(
  document: ConfigDocument,
  keys: KeyPath,
  value: unknown,
  wanted: string,
  choices: readonly string[],
): ConfigProblem {
  const name = nameOf(keys);
  if (value === undefined) {
    return { place: document.keyPlace(keys.slice(0, -1)), text: `${name} is missing: it must be ${wanted}` };
  }
  if (typeof value === 'string' && choices.length > MOST_LISTED) {
    const text = `${name} is ${found(value)}, which is not known: ${suggestion(value, choices)}`;
    return { place: document.valuePlace(keys), text };
  }
  const near = typeof value === 'string' ? nearestName(value, choices) : undefined;
  return {
    place: document.valuePlace(keys),
    text: `${name} must be ${wanted}, but is ${found(value)}${near === undefined ? '' : `: did you mean \`${near}\`?`}`,
  };
}

/** `$schema` is for editors. */
function isMeantByPeople(key: string): boolean {
  return !key.startsWith('$');
}

/** `rules` and the maps by dialect and tool hold names of things, the rest holds keys. */
function wordFor(keys: KeyPath): string {
  switch (keys.join('.')) {
    case 'rules':
      return 'rule';
    case 'derive':
    case 'devDatabase':
      return 'dialect';
    case 'tools':
      return 'tool';
    default:
      return 'key';
  }
}

function found(value: unknown): string {
  if (value === null) {
    return 'empty';
  }
  if (Array.isArray(value)) {
    return 'a list';
  }
  switch (typeof value) {
    case 'string':
      return `\`${value}\``;
    case 'number':
      return `the number ${value}; write it in quotes if it is meant as text`;
    case 'boolean':
      return `the boolean ${value}`;
    default:
      return 'a mapping';
  }
}

function typeName(expected: string): string {
  const names: Readonly<Record<string, string>> = {
    string: 'text',
    number: 'a number',
    boolean: '`true` or `false`',
    object: 'a mapping',
    record: 'a mapping',
    array: 'a list',
    tuple: 'a list',
  };
  return names[expected] ?? `of the type ${expected}`;
}

function sizeText(origin: string, size: number, bound: 'at least' | 'at most'): string {
  if (origin === 'number' || origin === 'int') return `must be ${bound} ${size}`;
  return origin === 'string' && size === 1
    ? 'is empty'
    : `must have ${bound} ${size} ${size === 1 ? 'item' : 'items'}`;
}

/** Keys as people write them: `ignore[0].reason`. */
function nameOf(keys: KeyPath): string {
  if (keys.length === 0) {
    return 'the configuration';
  }
  const text = keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return `\`${text.replace(/^\./, '')}\``;
}

function valueAt(value: unknown, keys: KeyPath): unknown {
  return keys.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null
        ? Object.getOwnPropertyDescriptor(inner, key)?.value
        : undefined,
    value,
  );
}
