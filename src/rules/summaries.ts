import type { RuleId } from './catalogue.ts';

/** What each rule finds, in one line: the text of lists and documents. */
export const RULE_SUMMARIES: Readonly<Record<RuleId, string>> = {
  'schema/invalid': 'A generator refuses a schema; the place is the one it names.',
  'schema/unformatted': 'An HCL file is not formatted as `dbcheck fmt` would leave it.',
  'migration/missing': 'A database has a schema and no baseline, or no `atlas.sum`.',
  'migration/stale': 'A baseline is not what Atlas plans from the schema.',
  'migration/multiple-baselines': 'A migrations folder holds a second migration beside its baseline.',
  'migration/checksum-mismatch': '`atlas.sum` does not fit the migrations beside it.',
  'migration/unexpected-file': 'A migrations folder holds a file that is no migration.',
  'migration/orphan': 'A migration is left of a database whose schema is gone.',
  'generated/missing': 'A step makes a file, and the snapshot lacks it.',
  'generated/stale': 'An sqlc schema or a generated file differs from the regeneration.',
  'generated/hand-edited': 'HEAD has what the generator makes, and the snapshot has an edited copy.',
  'generated/orphan': 'A generated file is left behind that no step makes any more.',
  'generated/unclaimed': "A file has sqlc's mark, and no declared configuration writes to its folder.",
  'generated/tool-version': 'Generated code comes from another sqlc than the pinned one.',
  'generated/output-collision': 'Two sqlc entries write the same file.',
  'generated/unverified': 'A `verify` command fails on the tree with everything regenerated.',
  'query/duplicate-name': 'Two queries of one package have the same name.',
  'query/invalid': 'sqlc refuses a query; the place is the one it names.',
  'parity/shared-object': 'A table or type stands in several databases of one package, and differs.',
  'parity/table-missing': 'A table stands in one dialect of a database and not in another.',
  'parity/column-missing': 'A column stands in one dialect of a table and not in another.',
  'parity/query-missing': 'A query stands in one dialect of a package and not in another.',
  'parity/query-command': 'A query has another command (`:one`, `:many`, …) in another dialect.',
  'config/guard-stale': "A hook's guard lacks a path that the configuration names; run `dbcheck init` again.",
};
