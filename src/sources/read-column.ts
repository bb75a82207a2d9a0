import type { HclElement, HclExpression } from '../format/hcl-file.ts';
import { commentOf, type SourceText, textOf } from './hcl-values.ts';
import type { Column, ColumnType, TypeReference } from './schema-model.ts';

const MODELLED: ReadonlySet<string> = new Set(['type', 'null', 'default', 'comment', 'as']);

/** @returns null where the block has no name */
export function readColumn(source: SourceText, block: HclElement): Column | null {
  const definition = source.definition(block);
  if (definition === null) return null;
  const value = (key: string): HclExpression | undefined =>
    block.attributes.find((attribute) => attribute.name === key)?.value;
  const nullable = value('null');
  const type = value('type');
  const { name, label, location } = definition;
  // Spelt out: objects that begin with the fields of another one stay in memory until all of it is looked through.
  return {
    name,
    label,
    location,
    type: type === undefined ? null : readType(source, type, isTrue(value('unsigned'))),
    nullable: nullable === undefined ? false : nullable.kind === 'bool' ? nullable.value : null,
    default: value('default') ?? null,
    identity: block.blocks.some((inner) => inner.type === 'identity'),
    autoIncrement: isTrue(value('auto_increment')),
    generated: value('as') !== undefined || block.blocks.some((inner) => inner.type === 'as'),
    comment: commentOf(block.attributes),
    settings: new Map(
      block.attributes
        .filter((attribute) => !MODELLED.has(attribute.name))
        .map((attribute) => [attribute.name, source.written(attribute.value)]),
    ),
  };
}

function isTrue(value: HclExpression | undefined): boolean {
  return value?.kind === 'bool' && value.value;
}

function readType(source: SourceText, expression: HclExpression, unsigned: boolean): ColumnType {
  const parts = typeParts(expression, unsigned ? ' unsigned' : '');
  const { text = null, base = null, arguments: given = [], reference = null, raw = false } = parts;
  const location = source.location(expression.start);
  return { expression, location, text, base, arguments: given, reference, raw };
}

/** What can be told of a type. */
function typeParts(
  expression: HclExpression,
  suffix: string,
): Partial<Omit<ColumnType, 'expression' | 'location'>> {
  switch (expression.kind) {
    case 'reference': {
      const [name, ...deeper] = expression.path;
      if (name === undefined) return {};
      if (deeper.length === 0) return { text: name + suffix, base: name };
      return { text: expression.path.join('.'), reference: typeReference(expression.path) };
    }
    case 'call': {
      if (expression.name === 'sql') return { ...rawType(textOf(expression)), raw: true };
      const given = expression.arguments.map(argumentText);
      const known = given.filter((text) => text !== null);
      if (known.length < given.length) return { base: expression.name };
      const { name } = expression;
      const parenthesis = known.length === 0 ? '' : `(${known.join(',')})`;
      return { text: name + parenthesis + suffix, base: name, arguments: known };
    }
    default:
      return {};
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
