import { displayPath } from '../../git/path-bytes.ts';
import type { OutputOverlap } from '../../plan/output-overlaps.ts';
import type { Rule } from '../rule.ts';

/** What is laid out in a migrations folder besides migrations. */
export const overlappingOutputs: Rule = {
  severity: 'error',
  summary: 'An sqlc schema, code, queries or a schema are laid out in a migrations folder.',
  check: (evidence) => {
    if (evidence.kind !== 'overlap') return [];
    const { overlap, more } = evidence;
    const { line = null, column = null, path } = overlap.place;
    const others = more === 0 ? '' : `, and ${more} more like it`;
    return [
      {
        target: evidence.id,
        message: `${claimOf(overlap)}${others}`,
        location: { path, line, column },
        cause: causeOf(overlap),
        diff: null,
        fix: FIXES[overlap.kind],
      },
    ];
  },
};

function claimOf({ kind, path, of, owner }: OutputOverlap): string {
  const folder = `the migrations folder of ${displayPath(owner)}`;
  switch (kind) {
    case 'sqlc schema':
      return `the sqlc schema of ${displayPath(of)} lies in ${folder}: ${displayPath(path)}`;
    case 'code':
      return `${displayPath(of)} writes code into ${folder}: ${displayPath(path)}`;
    case 'queries':
      return `queries of ${displayPath(of)} lie in ${folder}: ${displayPath(path)}`;
    case 'schema':
      return `the schema of ${displayPath(of)} lies in ${folder}: ${displayPath(path)}`;
  }
}

function causeOf({ path, within }: OutputOverlap): string {
  return path.endsWith('.sql')
    ? `Atlas runs every .sql file of ${displayPath(within)} as a migration, and dbcheck fix keeps one of them`
    : `${displayPath(within)} may hold one .sql file and atlas.sum, and nothing else`;
}

const FIXES: Readonly<Record<OutputOverlap['kind'], string>> = {
  'sqlc schema': 'let `sqlcSchemas` name a place outside of the migrations',
  code: "give the entry's code a folder of its own",
  queries:
    'move the queries out of the migrations folder, and name their new place in the sqlc configuration',
  schema: 'move the schema out of the migrations folder, or set `migrations.dir` to another one',
};
