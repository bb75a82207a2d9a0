import type { SchemaStatement } from '../dialects/dialect.ts';

/** A whole schema, split, of one of the databases that share objects. */
export interface SharedSchema {
  /** The database's target id. */
  readonly id: string;
  readonly statements: readonly SchemaStatement[];
}

/** An object that stands in two databases with different definitions. */
export interface SharedObjectConflict {
  readonly kind: 'table' | 'type';
  readonly name: string;
  readonly first: string;
  readonly firstDefinition: string;
  readonly second: string;
  readonly secondDefinition: string;
}

/**
 * One sqlc package sees a table or type that stands in several databases once: in the file of the first. The
 * others leave it out with its indexes, constraints and comments. Where the definitions differ both stay, and the
 * conflict says so.
 *
 * @param schemas in the order of the databases
 * @returns the text of each schema file by id, the conflicts, and which objects a file lacks because the file of
 * `owner` has them
 */
export function shareObjects(schemas: readonly SharedSchema[]): {
  readonly texts: ReadonlyMap<string, string>;
  readonly conflicts: readonly SharedObjectConflict[];
  readonly leftOut: readonly { readonly name: string; readonly id: string; readonly owner: string }[];
} {
  const owners = new Map<string, { id: string; definition: string }>();
  const texts = new Map<string, string>();
  const conflicts: SharedObjectConflict[] = [];
  const all: { name: string; id: string; owner: string }[] = [];
  for (const { id, statements } of schemas) {
    const definitions = definitionsOf(statements);
    const leftOut = new Set<string>();
    for (const [key, { kind, name, text }] of definitions) {
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, { id, definition: text });
      else if (withoutLayout(owner.definition) === withoutLayout(text)) {
        leftOut.add(key);
        all.push({ name, id, owner: owner.id });
      } else
        conflicts.push({
          ...{ kind, name },
          ...{ first: owner.id, firstDefinition: owner.definition },
          ...{ second: id, secondDefinition: text },
        });
    }
    const kept = statements.filter(({ object }) => object === null || !leftOut.has(keyOf(object)));
    texts.set(id, kept.map((statement) => statement.text).join(''));
  }
  return { texts, conflicts, leftOut: all };
}

/** Indents follow each database's baseline, so that one object may be laid out in two ways. */
function withoutLayout(definition: string): string {
  return definition.replace(/('(?:[^']|'')*'|"(?:[^"]|"")*")|--[^\n]*|\s+/g, '$1');
}

type NamedObject = NonNullable<SchemaStatement['object']>;

function keyOf(object: NamedObject): string {
  return `${object.kind} ${object.name}`;
}

function definitionsOf(statements: readonly SchemaStatement[]): Map<string, NamedObject & { text: string }> {
  const definitions = new Map<string, NamedObject & { text: string }>();
  for (const { text, object } of statements) {
    if (object === null) continue;
    const known = definitions.get(keyOf(object));
    definitions.set(keyOf(object), { ...object, text: (known?.text ?? '') + text });
  }
  return definitions;
}
