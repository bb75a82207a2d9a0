import type { HclAttribute, HclElement, HclFile } from '../format/hcl-file.ts';
import { readHcl } from '../format/hcl-structure.ts';
import { columnReference, commentOf, SourceText, textOf } from './hcl-values.ts';
import { readColumn } from './read-column.ts';
import type {
  Check,
  ColumnReference,
  EnumType,
  ForeignKey,
  Index,
  IndexPart,
  OtherBlock,
  SchemaFile,
  SchemaModel,
  SchemaReference,
  Table,
} from './schema-model.ts';

/** A file of a schema, with its bytes. */
export interface SchemaSourceFile {
  readonly path: string;
  readonly bytes: Buffer;
}

/**
 * Reads the HCL files of one database, each once, and needs neither Atlas nor a database for it.
 *
 * Whatever the bytes are, there is a model: what is not HCL stands in `files` as a problem, and what is HCL and makes
 * no sense is left out or null.
 *
 * @param files in the order in which Atlas reads them
 */
export async function readSchemaModel(files: readonly SchemaSourceFile[]): Promise<SchemaModel> {
  const models = await Promise.all(
    files.map(async ({ path, bytes }) => fileModel(path, await readHcl(bytes))),
  );
  return {
    files: models.flatMap((model) => model.files),
    schemas: models.flatMap((model) => model.schemas),
    tables: models.flatMap((model) => model.tables),
    enums: models.flatMap((model) => model.enums),
    others: models.flatMap((model) => model.others),
    computed: models.some((model) => model.computed),
  };
}

function fileModel(path: string, hcl: HclFile): SchemaModel {
  const source = new SourceText(path, hcl);
  const { problem } = hcl;
  const file: SchemaFile = {
    path,
    text: hcl.text,
    problem:
      problem === null
        ? null
        : { location: { path, line: problem.line, column: problem.column }, message: problem.message },
  };
  const of = (type: string): readonly HclElement[] => hcl.blocks.filter((block) => block.type === type);
  return {
    files: [file],
    schemas: of('schema').flatMap((block) => source.definition(block) ?? []),
    tables: of('table').flatMap((block) => readTable(source, block) ?? []),
    enums: of('enum').flatMap((block) => readEnum(source, block) ?? []),
    others: hcl.blocks.filter(({ type }) => !MODELLED.has(type)).map((block) => otherBlock(source, block)),
    computed: hcl.blocks.some(isComputed),
  };
}

function isComputed(block: HclElement): boolean {
  return (
    block.type === 'dynamic' ||
    block.attributes.some(({ name }) => name === 'for_each') ||
    block.blocks.some(isComputed)
  );
}

const MODELLED: ReadonlySet<string> = new Set(['schema', 'table', 'enum']);
const MODELLED_IN_TABLES: ReadonlySet<string> = new Set([
  'column',
  'primary_key',
  'index',
  'unique',
  'foreign_key',
  'check',
]);

function readTable(source: SourceText, block: HclElement): Table | null {
  const definition = source.definition(block);
  if (definition === null) return null;
  const of = (...types: readonly string[]): readonly HclElement[] =>
    block.blocks.filter(({ type }) => types.includes(type));
  const { name, label, location } = definition;
  // Spelt out as columns are.
  return {
    name,
    label,
    location,
    schema: schemaOf(source, block),
    qualifier: qualifierOf(block),
    columns: of('column').flatMap((column) => readColumn(source, column) ?? []),
    primaryKeys: of('primary_key').map((key) => readIndex(source, key, 'primary_key')),
    indexes: of('index', 'unique').map((index) =>
      readIndex(source, index, index.type === 'unique' ? 'unique' : 'index'),
    ),
    foreignKeys: of('foreign_key').map((key) => readForeignKey(source, key)),
    checks: of('check').map((check) => readCheck(source, check)),
    comment: commentOf(block.attributes),
    others: block.blocks
      .filter(({ type }) => !MODELLED_IN_TABLES.has(type))
      .map((other) => otherBlock(source, other)),
  };
}

function readEnum(source: SourceText, block: HclElement): EnumType | null {
  const definition = source.definition(block);
  if (definition === null) return null;
  const value = attribute(block, 'values')?.value;
  const texts = value?.kind === 'list' ? value.items.map(textOf) : [null];
  return {
    ...definition,
    schema: schemaOf(source, block),
    qualifier: qualifierOf(block),
    values: texts.some((text) => text === null) ? null : texts.filter((text) => text !== null),
  };
}

function readIndex(source: SourceText, block: HclElement, kind: Index['kind']): Index {
  const unique = attribute(block, 'unique')?.value;
  const { name, label, location } = source.named(block);
  return {
    name,
    label,
    location,
    kind,
    unique:
      kind !== 'index' ? true : unique === undefined ? false : unique.kind === 'bool' ? unique.value : null,
    parts: partsOf(source, block),
    settings: settingsOf(source, block.attributes, ['columns', 'unique', 'comment']),
    comment: commentOf(block.attributes),
  };
}

function partsOf(source: SourceText, block: HclElement): readonly IndexPart[] | null {
  const columns = columnsOf(source, attribute(block, 'columns'));
  const on = block.blocks.filter(({ type }) => type === 'on');
  if (attribute(block, 'columns') !== undefined) {
    if (columns === null || on.length > 0) return null;
    return columns.map((column) => ({
      location: column.location,
      column,
      expression: null,
      settings: new Map<string, string>(),
    }));
  }
  const parts = on.map((part): IndexPart | null => {
    const given = attribute(part, 'column')?.value;
    const column = given === undefined ? null : columnReference(source, given);
    const expression = textOf(attribute(part, 'expr')?.value);
    if (given !== undefined && column === null) return null;
    const settings = settingsOf(source, part.attributes, ['column', 'expr']);
    return { location: source.location(part.start), column, expression, settings };
  });
  const known = parts.filter((part) => part !== null);
  return known.length === 0 || known.length < parts.length ? null : known;
}

function readForeignKey(source: SourceText, block: HclElement): ForeignKey {
  const { name, label, location } = source.named(block);
  return {
    name,
    label,
    location,
    columns: columnsOf(source, attribute(block, 'columns')),
    refColumns: columnsOf(source, attribute(block, 'ref_columns')),
    onDelete: actionOf(attribute(block, 'on_delete')),
    onUpdate: actionOf(attribute(block, 'on_update')),
  };
}

function readCheck(source: SourceText, block: HclElement): Check {
  return { ...source.named(block), expression: textOf(attribute(block, 'expr')?.value) };
}

function otherBlock(source: SourceText, block: HclElement): OtherBlock {
  return { ...source.named(block), type: block.type, labels: block.labels };
}

function columnsOf(source: SourceText, given: HclAttribute | undefined): readonly ColumnReference[] | null {
  if (given?.value.kind !== 'list') return null;
  const columns = given.value.items.map((item) => columnReference(source, item));
  const known = columns.filter((column) => column !== null);
  return known.length === 0 || known.length < columns.length ? null : known;
}

function actionOf(given: HclAttribute | undefined): string | null {
  if (given?.value.kind === 'reference') return given.value.path.at(-1) ?? null;
  return textOf(given?.value);
}

function schemaOf(source: SourceText, block: HclElement): SchemaReference | null {
  const given = attribute(block, 'schema')?.value;
  if (given?.kind === 'reference') {
    const [kind, name, ...deeper] = given.path;
    if (kind !== 'schema' || name === undefined || deeper.length > 0) return null;
    return { name, location: source.location(given.start) };
  }
  const [first] = block.labelRanges;
  const qualifier = qualifierOf(block);
  if (given !== undefined || qualifier === null || first === undefined) return null;
  return { name: qualifier, location: source.location(first.start) };
}

function qualifierOf({ labels }: HclElement): string | null {
  return labels.length === 2 ? (labels[0] ?? null) : null;
}

function settingsOf(
  source: SourceText,
  attributes: readonly HclAttribute[],
  besides: readonly string[],
): ReadonlyMap<string, string> {
  return new Map(
    attributes
      .filter(({ name }) => !besides.includes(name))
      .map(({ name, value }) => [name, source.written(value)]),
  );
}

function attribute(block: HclElement, name: string): HclAttribute | undefined {
  return block.attributes.find((candidate) => candidate.name === name);
}
