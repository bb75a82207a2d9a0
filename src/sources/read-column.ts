import type { HclElement, HclExpression } from '../format/hcl-structure.ts';
import { commentOf, type SourceText, textOf } from './hcl-values.ts';
import type { Column, ColumnType, TypeReference } from './schema-model.ts';

const MODELLED: ReadonlySet<string> = new Set(['type', 'null', 'default', 'comment', 'as']);

/** @returns null where the block has no name */
export function readColumn(source: SourceText, block: HclElement): Column | null {
  const definition = source.definition(block);
  if (definition === null) return null;
  const value = (name: string): HclExpression | undefined =>
    block.attributes.find((attribute) => attribute.name === name)?.value;
  const nullable = value('null');
  const type = value('type');
  return {
    ...definition,
    type: type === undefined ? null : readType(source, type, isTrue(value('unsigned'))),
    nullable: nullable === undefined ? false : nullable.kind === 'bool' ? nullable.value : null,
    default: value('default') ?? null,
    identity: block.blocks.some((inner) => inner.type === 'identity'),
    autoIncrement: isTrue(value('auto_increment')),
    generated: value('as') !== undefined || block.blocks.some((inner) => inner.type === 'as'),
    comment: commentOf(block.attributes),
    settings: new Map(
      block.attributes
        .filter(({ name }) => !MODELLED.has(name))
        .map(({ name, value: set }) => [name, source.written(set)]),
    ),
  };
}

function isTrue(value: HclExpression | undefined): boolean {
  return value?.kind === 'bool' && value.value;
}

function readType(source: SourceText, expression: HclExpression, unsigned: boolean): ColumnType {
  const place = { expression, location: source.location(expression.start) };
  const suffix = unsigned ? ' unsigned' : '';
  const none = { ...place, text: null, base: null, arguments: [], reference: null, raw: false };
  switch (expression.kind) {
    case 'reference': {
      const [name, ...deeper] = expression.path;
      if (name === undefined) return none;
      if (deeper.length === 0) return { ...none, text: name + suffix, base: name };
      const reference = typeReference(expression.path);
      return { ...none, text: expression.path.join('.'), reference };
    }
    case 'call': {
      if (expression.name === 'sql') return { ...none, ...rawType(textOf(expression)), raw: true };
      const given = expression.arguments.map(argumentText);
      const known = given.filter((text) => text !== null);
      if (known.length < given.length) return { ...none, base: expression.name };
      const { name } = expression;
      const parenthesis = known.length === 0 ? '' : `(${known.join(',')})`;
      return { ...none, text: name + parenthesis + suffix, base: name, arguments: known };
    }
    default:
      return none;
  }
}

function typeReference([kind, ...names]: readonly string[]): TypeReference | null {
  const name = names.at(-1);
  if (kind === undefined || name === undefined || names.length > 2) return null;
  return { kind, schema: names.length === 2 ? (names[0] ?? null) : null, name };
}

/** The type that `sql("…")` holds: its words in small letters and single spaces, with no space inside parentheses. */
function rawType(sql: string | null): Pick<ColumnType, 'text' | 'base' | 'arguments'> {
  if (sql === null) return { text: null, base: null, arguments: [] };
  const text = sql
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/\s*([(,[\])])/g, '$1')
    .replace(/([(,[])\s+/g, '$1');
  const isPlain = !/['"`]/.test(text);
  const canonical = isPlain ? text.toLowerCase() : text;
  const [, base, list] = /^([a-z_][a-z0-9_ ]*)(?:\(([^()]*)\))?$/.exec(canonical) ?? [];
  return { text: canonical, base: base ?? null, arguments: list === undefined ? [] : list.split(',') };
}

function argumentText(value: HclExpression): string | null {
  switch (value.kind) {
    case 'number':
      return value.text;
    case 'string':
      return JSON.stringify(value.text);
    case 'reference':
      return value.path.join('.');
    default:
      return null;
  }
}
