import type { HclElement, HclExpression } from '../../format/hcl-file.ts';
import { CHARSETS, isSupportedCollation } from './collations.ts';

type Accepts = (value: HclExpression) => boolean;

/** What may stand in a block. Anything else is not known to come out the same. */
export interface Construct {
  readonly attributes: Readonly<Record<string, Accepts>>;
  readonly blocks: Readonly<Record<string, Construct>>;
}

const text: Accepts = ({ kind }) => kind === 'string';
const flag: Accepts = ({ kind }) => kind === 'bool';
const whole: Accepts = (value) => value.kind === 'number' && /^\d+$/.test(value.text);
/** Looked at with the column's other attributes. */
const anything: Accepts = () => true;
const charset: Accepts = (value) => value.kind === 'string' && CHARSETS.has(value.text);
const collation: Accepts = (value) => value.kind === 'string' && isSupportedCollation(value.text);
const oneOf =
  (...words: string[]): Accepts =>
  (value) =>
    value.kind === 'reference' && value.path.length === 1 && words.includes(value.path[0] ?? '');
/** `column.id`, `table.users.column.id`, `schema.keygen`. */
const referenceTo =
  (kind: string): Accepts =>
  (value) =>
    value.kind === 'reference' && value.path.at(-2) === kind;
const listOf =
  (item: Accepts): Accepts =>
  (value) =>
    value.kind === 'list' && value.items.every(item);
const action = oneOf('NO_ACTION', 'RESTRICT', 'CASCADE', 'SET_NULL');
const columns = listOf(referenceTo('column'));

const TABLE: Construct = {
  attributes: {
    schema: referenceTo('schema'),
    charset,
    collate: collation,
    comment: text,
    auto_increment: whole,
  },
  blocks: {
    column: {
      attributes: {
        type: anything,
        default: anything,
        on_update: anything,
        null: flag,
        unsigned: flag,
        auto_increment: flag,
        charset,
        collate: collation,
        comment: text,
      },
      blocks: {},
    },
    primary_key: { attributes: { columns }, blocks: {} },
    foreign_key: {
      attributes: { columns, ref_columns: columns, on_update: action, on_delete: action },
      blocks: {},
    },
    index: {
      attributes: { unique: flag, columns, type: oneOf('BTREE', 'FULLTEXT'), comment: text },
      blocks: {
        on: { attributes: { column: referenceTo('column'), prefix: whole, desc: flag }, blocks: {} },
      },
    },
    check: { attributes: { expr: text }, blocks: {} },
  },
};

/** The allow-list: what an HCL schema may hold. */
export const FILE: Construct = {
  attributes: {},
  blocks: { schema: { attributes: { charset, collate: collation }, blocks: {} }, table: TABLE },
};

/** The first thing in a block, or in a file, that the list does not have, in the order of the text. */
export function firstUnlisted(
  body: Pick<HclElement, 'attributes' | 'blocks'>,
  construct: Construct,
  within = '',
): { readonly name: string; readonly at: { readonly line: number; readonly column: number } } | null {
  const prefix = within === '' ? '' : `${within}.`;
  const found = [
    ...body.attributes.flatMap((attribute) => {
      const accepts = listed(construct.attributes, attribute.name);
      return accepts?.(attribute.value) ? [] : [{ name: `${prefix}${attribute.name}`, at: attribute }];
    }),
    ...body.blocks.flatMap((block) => {
      const inner = listed(construct.blocks, block.type);
      if (inner === undefined) return [{ name: `the block ${prefix}${block.type}`, at: block }];
      return firstUnlisted(block, inner, `${prefix}${block.type}`) ?? [];
    }),
  ];
  return (
    found.toSorted((left, right) => left.at.line - right.at.line || left.at.column - right.at.column)[0] ??
    null
  );
}

function listed<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.entries(table).find(([key]) => key === name)?.[1];
}
