import { displayPath } from '../../git/path-bytes.ts';
import { queryNames } from '../../sources/query-names.ts';
import type { SourceFile } from '../../steps/step-result.ts';
import type { RuleFacts } from '../../verdict/evidence.ts';
import type { Rule } from '../rule.ts';
import type { Sighting } from '../sighting.ts';

/** Two queries of one package have one name. */
export const queryDuplicateName: Rule = {
  severity: 'error',
  summary: 'Two queries of one package have the same name.',
  check: (evidence, facts) => {
    if (evidence.kind !== 'queries') return [];
    const seen = new Map<string, string>();
    const found: Sighting[] = [];
    for (const file of unchangedFirst(evidence.files, facts)) {
      for (const { name, line, column } of queryNames(file.bytes)) {
        const first = seen.get(name);
        if (first === undefined) {
          seen.set(name, `${displayPath(file.path)}:${line}`);
          continue;
        }
        found.push({
          target: evidence.id,
          message: `two queries are named ${name}`,
          location: { path: file.path, line, column },
          cause: `the other one is at ${first}, and one package can hold only one of them`,
          diff: null,
          fix: 'rename one of the two, or delete the one that is too many',
        });
      }
    }
    return found;
  },
};

/** Whoever is to mend it just changed a file, so the finding has to point there and not at what always stood. */
function unchangedFirst(files: readonly SourceFile[], { changed }: RuleFacts): readonly SourceFile[] {
  return [
    ...files.filter(({ path }) => !changed.has(path)),
    ...files.filter(({ path }) => changed.has(path)),
  ];
}
