/** How a repository's baseline is written: a property of the repository, not of the schema. */
export interface BaselineStyle {
  /** Atlas's template for `--format`. */
  readonly format: string;
  /** Whether names carry their schema: a plan of a whole database instead of one schema of it. */
  readonly qualified: boolean;
}

/** The style of a repository that has no baseline yet: two spaces, plain names. */
const DEFAULT_INDENT = '  ';

/**
 * Reads a style off a committed baseline. The official Atlas indents by itself and the open-source build only on
 * request, so both kinds are found in repositories.
 *
 * @param baseline the committed text, or null where there is none
 * @param configured what the configuration says; null where it is silent
 */
export function baselineStyle(
  baseline: string | null,
  configured: { readonly format: string | null; readonly qualified: boolean | null },
): BaselineStyle {
  return {
    format: configured.format ?? formatTemplate(baseline === null ? DEFAULT_INDENT : detectIndent(baseline)),
    qualified: configured.qualified ?? (baseline !== null && isQualified(baseline)),
  };
}

function formatTemplate(indent: string): string {
  return indent === '' ? '{{ sql . }}' : `{{ sql . ${JSON.stringify(indent)} }}`;
}

function detectIndent(baseline: string): string {
  const indented = /^CREATE TABLE [^\n]*\(\r?\n([ \t]+)/m.exec(baseline);
  if (indented?.[1] !== undefined) return indented[1];
  return /^CREATE TABLE /m.test(baseline) ? '' : DEFAULT_INDENT;
}

/** Quotes are `"` in Postgres and backquotes in MySQL. */
function isQualified(baseline: string): boolean {
  return /^CREATE (?:TABLE|TYPE) (["`])(?:[^"`]|\1\1)+\1\.\1/m.test(baseline);
}
