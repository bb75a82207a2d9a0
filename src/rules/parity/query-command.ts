import type { Rule } from '../rule.ts';

/**
 * What a command hands back, which is what its callers are written for. The result of `:execresult` has the id of a new
 * row in it, which MySQL has in place of RETURNING.
 */
const ROWS: Readonly<Record<string, readonly string[]>> = {
  ':one': ['one row'],
  ':execlastid': ['one row'],
  ':many': ['many rows'],
  ':exec': ['no row'],
  ':execrows': ['no row'],
  ':execresult': ['no row', 'one row'],
};

/** Two dialects have a query of one name, and it hands back one row in one of them and many or none in the other. */
export const parityQueryCommand: Rule = {
  severity: 'error',
  summary: 'A query has another command (`:one`, `:many`, …) in another dialect.',
  check: (evidence) => {
    if (evidence.kind !== 'query-parity') return [];
    const [first, ...others] = evidence.dialects;
    return others.flatMap((other) => {
      const known = new Map(first?.queries.map((query) => [query.name, query]));
      return other.queries.flatMap(({ name, command, location }) => {
        const original = known.get(name);
        const rows = ROWS[command];
        const expected = ROWS[original?.command ?? ''];
        if (original === undefined || rows === undefined || expected === undefined) return [];
        if (rows.some((kind) => expected.includes(kind))) return [];
        return [
          {
            target: other.id,
            message: `query ${name} is ${command} for ${other.dialect} and ${original.command} for ${first?.dialect}`,
            location,
            name,
            cause: `the one hands back ${rows[0]}, the other ${expected[0]}, so that no caller fits both`,
            diff: null,
            fix: 'give both the same kind of command, or one of them another name',
          },
        ];
      });
    });
  },
};
