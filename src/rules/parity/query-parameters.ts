import { parameterCount, parameterNames, type QueryParameter } from '../../sources/query-parameters.ts';
import type { Rule } from '../rule.ts';

/** Two dialects have a query of one name, and callers give other parameters to the one than to the other. */
export const parityQueryParameters: Rule = {
  severity: 'warning',
  summary: 'A query takes other parameters in another dialect.',
  check: (evidence) => {
    if (evidence.kind !== 'query-parity') return [];
    const [first, ...others] = evidence.dialects;
    const known = new Map(first?.queries.map((query) => [query.name, query]));
    return others.flatMap((other) =>
      other.queries.flatMap(({ name, location, parameters }) => {
        const original = known.get(name)?.parameters ?? null;
        if (original === null || parameters === null) return [];
        const cause = differenceOf(original, parameters);
        if (cause === null) return [];
        return [
          {
            target: other.id,
            message: `query ${name} takes other parameters for ${other.dialect} than for ${first?.dialect}`,
            location,
            name,
            cause: cause({ first: first?.dialect ?? '', other: other.dialect }),
            diff: null,
            fix: 'give both the same parameters, by name: sqlc.arg(name)',
          },
        ];
      }),
    );
  },
};

type Words = (dialects: { readonly first: string; readonly other: string }) => string;

/** By their names where each has one, else by how many there are: what sqlc calls the others follows from columns. */
function differenceOf(first: readonly QueryParameter[], other: readonly QueryParameter[]): Words | null {
  const [counted, wanted] = [parameterCount(other), parameterCount(first)];
  if (counted !== wanted) {
    return (dialects) => `${dialects.first} takes ${wanted} and ${dialects.other} ${counted}`;
  }
  if ([...first, ...other].some(({ name }) => name === null)) return null;
  const [here, there] = [goNames(other), goNames(first)];
  const added = [...here.keys()].find((name) => !there.has(name));
  const lost = [...there.keys()].find((name) => !here.has(name));
  if (added === undefined || lost === undefined) return null;
  return (dialects) =>
    `${dialects.other} takes ${here.get(added)}, which ${dialects.first} does not, and not ${there.get(lost)}`;
}

/** The names by what the code calls them: sqlc joins words, and case and underscores are gone. */
function goNames(parameters: readonly QueryParameter[]): ReadonlyMap<string, string> {
  return new Map(parameterNames(parameters).map((name) => [name.toLowerCase().replaceAll('_', ''), name]));
}
