import { z } from 'zod';

/** The part of JSON Schema that the project's own definitions come to. */
interface SchemaNode {
  readonly type?: string | readonly string[] | undefined;
  readonly const?: unknown;
  readonly enum?: readonly unknown[] | undefined;
  readonly description?: string | undefined;
  readonly properties?: Readonly<Record<string, SchemaNode>> | undefined;
  /** `false` closes a list whose items have a place each. */
  readonly items?: boolean | SchemaNode | undefined;
  readonly prefixItems?: readonly SchemaNode[] | undefined;
  readonly additionalProperties?: boolean | SchemaNode | undefined;
  readonly propertyNames?: SchemaNode | undefined;
  readonly anyOf?: readonly SchemaNode[] | undefined;
}

const node: z.ZodType<SchemaNode> = z.lazy(() =>
  z.object({
    type: z.union([z.string(), z.array(z.string())]).optional(),
    const: z.unknown().optional(),
    enum: z.array(z.unknown()).optional(),
    description: z.string().optional(),
    properties: z.record(z.string(), node).optional(),
    items: z.union([z.boolean(), node]).optional(),
    prefixItems: z.array(node).optional(),
    additionalProperties: z.union([z.boolean(), node]).optional(),
    propertyNames: node.optional(),
    anyOf: z.array(node).optional(),
  }),
);

interface Row {
  readonly key: string;
  readonly values: string;
  readonly meaning: string;
}

/**
 * A Markdown table with a row for each key of a JSON Schema, also of the objects in it.
 *
 * @param schema the text of the JSON Schema
 */
export function schemaTable(schema: string): string {
  const rows = rowsOf(node.parse(JSON.parse(schema)), '');
  const lines = rows.map(({ key, values, meaning }) => `| \`${key}\` | ${cell(values)} | ${cell(meaning)} |`);
  return ['| key | values | meaning |', '|---|---|---|', ...lines].join('\n');
}

function rowsOf(schema: SchemaNode, prefix: string): readonly Row[] {
  return branches(schema).flatMap((branch) => [
    ...Object.entries(isByRule(branch) ? {} : (branch.properties ?? {})).flatMap(([name, value]) => {
      const key = prefix === '' ? name : `${prefix}.${name}`;
      return [{ key, values: valuesOf(value), meaning: value.description ?? '' }, ...rowsOf(value, key)];
    }),
    ...(typeof branch.items !== 'object' ? [] : rowsOf(branch.items, `${prefix}[]`)),
  ]);
}

/** Each rule has a page of its own. */
function isByRule({ properties = {} }: SchemaNode): boolean {
  const names = Object.keys(properties);
  return names.length > 0 && names.every((name) => name.includes('/'));
}

function branches(schema: SchemaNode): readonly SchemaNode[] {
  return [schema, ...(schema.anyOf ?? []).flatMap(branches)];
}

function valuesOf(schema: SchemaNode): string {
  if (schema.anyOf !== undefined) return schema.anyOf.map(valuesOf).join(', or ');
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.enum !== undefined) {
    const few = schema.enum.length <= 5;
    return few ? schema.enum.map((value) => `\`${String(value)}\``).join(', ') : 'a rule id';
  }
  if (schema.prefixItems !== undefined) return `a list: ${schema.prefixItems.map(valuesOf).join(', then ')}`;
  if (typeof schema.items === 'object') return `a list of ${kindOf(schema.items)}`;
  if (typeof schema.additionalProperties === 'object' && schema.properties === undefined) {
    const names = schema.propertyNames?.enum === undefined ? 'names' : 'rule ids';
    const values = valuesOf(schema.additionalProperties);
    return values === '' || values === 'anything' ? 'options' : `a map of ${names} to ${values}`;
  }
  if (schema.properties !== undefined && Object.keys(schema.properties).length === 0) return 'its options';
  if (isByRule(schema)) {
    return `a map of rule ids to ${valuesOf({ anyOf: Object.values(schema.properties ?? {})[0]?.anyOf })}`;
  }
  return kindOf(schema);
}

function kindOf({ type }: SchemaNode): string {
  return typeof type === 'object' ? type.map(kindNamed).join(', or ') : kindNamed(type);
}

function kindNamed(type: string | undefined): string {
  switch (type) {
    case 'string':
      return 'text';
    case 'integer':
      return 'a whole number';
    case 'boolean':
      return '`true`, `false`';
    case 'object':
      return 'keys below';
    case 'null':
      return '`null`';
    default:
      return 'anything';
  }
}

/** A bar would end the cell, and a placeholder in angle brackets would be taken for HTML. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
