import { z } from 'zod';
import type { Index, Table } from '../../sources/schema-model.ts';
import { withOptions } from '../rule.ts';
import type { Sighting } from '../sighting.ts';
import { generatedOption, generatedPart, isGeneratedName } from './generated-name.ts';
import { fillPattern, namePattern, patternStart } from './name-pattern.ts';
import { fitsEveryDialect, renaming } from './renaming.ts';
import { wholeSchema } from './whole-schema.ts';

const pattern = namePattern(['table', 'columns']);

/** An index whose name does not say its table and its columns. */
export const indexName = withOptions({
  severity: 'warning',
  summary: 'The name of an index does not follow the pattern.',
  options: z.strictObject({
    pattern: pattern.default('idx_{table}_{columns}').describe('What the name of an index looks like.'),
    unique: z
      .array(pattern)
      .min(1)
      .default(['idx_{table}_{columns}', 'uq_{table}_{columns}'])
      .describe(
        'What the name of a unique index or constraint may look like; the first one is proposed, or the one that it begins as.',
      ),
    generated: generatedOption,
  }),
  check: (evidence, _, options) => {
    const schema = wholeSchema(evidence);
    if (schema === null) return [];
    const { tables } = schema.model;
    const taken = new Set(
      tables.flatMap(({ name, indexes }) => [name, ...indexes.map((index) => index.name)]),
    );
    return tables.flatMap((table) =>
      table.indexes.flatMap((index): readonly Sighting[] => {
        const { name, label } = index;
        if (name === null || label === null || index.unique === null) return [];
        const wanted = namesFor(table, index, index.unique ? options.unique : [options.pattern]);
        if (wanted === null || wanted.some((candidate) => candidate.fits(name))) return [];
        const isGenerated = [wordsOf, generatedPart].some((partOf) => {
          const thing = { table: table.name, columns: columnsOf(index, partOf), kind: kindOf(index) };
          return isGeneratedName(name, schema.dialect, thing);
        });
        if (options.generated && isGenerated) return [];
        // Who wrote uq_ means the pattern that begins so.
        const first = wanted.find(({ prefix }) => prefix !== '' && name.startsWith(prefix)) ?? wanted[0];
        const proposal = first?.name ?? '';
        const isFree = first?.isCertain === true && !taken.has(proposal) && fitsEveryDialect(proposal);
        if (isFree) taken.add(proposal);
        return [
          {
            target: schema.id,
            name: `${table.name}.${name}`,
            message: `index ${name} of table ${table.name} is not named by the pattern`,
            location: label.location,
            cause: `by the pattern it is ${wanted.map((candidate) => candidate.said).join(' or ')}`,
            diff: null,
            fix: isFree ? `rename it to ${proposal}: dbcheck lint --fix` : 'give it such a name',
            ...(isFree ? { edits: renaming(label, proposal) } : {}),
          },
        ];
      }),
    );
  },
});

interface WantedName {
  readonly name: string;
  /** The name, or how names may begin. */
  readonly said: string;
  /** What the pattern begins with. */
  readonly prefix: string;
  /** Whether no other name says as much. */
  readonly isCertain: boolean;
  fits(written: string): boolean;
}

/** @returns null where the parts of the index, or its name by the pattern, can't be told */
function namesFor(table: Table, index: Index, patterns: readonly string[]): readonly WantedName[] | null {
  const { parts } = index;
  if (parts === null || parts.some(({ column, expression }) => column === null && expression === null))
    return null;
  const columns = columnsOf(index);
  // What tells such an index from others is its expression or its condition, for which there is no one word.
  const isFree = index.settings.has('where') || parts.some(({ column }) => column === null);
  const isPlain =
    index.settings.size === 0 && parts.every((part) => part.column !== null && part.settings.size === 0);
  return patterns.map((given) => {
    const name = fillPattern(given, { table: table.name, columns });
    const start = fillPattern(patternStart(given, 'columns'), { table: table.name });
    return {
      name,
      said: isFree ? `${start} with words behind it` : name,
      prefix: given.split('{', 1)[0] ?? '',
      isCertain: !isFree,
      fits: (written) =>
        written === name ||
        // There can be several indexes over one list of columns, which differ in their conditions and their kinds.
        (!isPlain && written.startsWith(`${name}_`)) ||
        // A name that is too long is shortened somehow.
        ((isFree || !fitsEveryDialect(name)) && written.startsWith(start)),
    };
  });
}

function kindOf({ unique }: Index): 'unique' | 'index' {
  return unique === true ? 'unique' : 'index';
}

/** @param partOf what stands in the name for an expression */
function columnsOf({ parts }: Index, partOf: (expression: string) => string = wordsOf): string {
  return (parts ?? []).map(({ column, expression }) => column?.column ?? partOf(expression ?? '')).join('_');
}

/** `lower(email)` is `lower_email`. */
function wordsOf(expression: string): string {
  return (expression.replace(/'[^']*'/g, ' ').match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? ['expr'])
    .join('_')
    .toLowerCase();
}
