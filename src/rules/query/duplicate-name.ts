import { displayPath } from '../../git/path-bytes.ts';
import { queryNames } from '../../verdict/query-names.ts';
import type { Observation } from '../finding.ts';
import type { Rule } from '../rule.ts';

/** Two queries of one package have one name. */
export const queryDuplicateName: Rule = (evidence) => {
  if (evidence.kind !== 'queries') return [];
  const seen = new Map<string, string>();
  const found: Observation[] = [];
  for (const file of evidence.files) {
    for (const { name, line, column } of queryNames(file.bytes)) {
      const first = seen.get(name);
      if (first === undefined) {
        seen.set(name, `${displayPath(file.path)}:${line}`);
        continue;
      }
      found.push({
        rule: 'query/duplicate-name',
        target: evidence.id,
        message: `a second query is named ${name}`,
        location: { path: file.path, line, column },
        cause: `the first one is at ${first}; one package can hold only one of them`,
        diff: null,
        fix: 'rename one of the two, or delete the one that is too many',
      });
    }
  }
  return found;
};
