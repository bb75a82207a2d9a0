import { displayPath } from '../../git/path-bytes.ts';
import { type Rule, wholeFile } from '../rule.ts';

/** Two query files of one package have one name, and share one file of code. */
export const queryFileCollision: Rule = {
  severity: 'warning',
  summary: 'Two query files in different folders have the same name, and their code is mixed in one file.',
  check: (evidence) => {
    if (evidence.kind !== 'queries') return [];
    const seen = new Map<string, string>();
    return evidence.files.flatMap(({ path }) => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      const first = seen.get(name);
      if (first === undefined) seen.set(name, path);
      if (first === undefined || first === path) return [];
      return [
        {
          target: evidence.id,
          message: `${displayPath(path)} has the name of another query file`,
          location: wholeFile(path),
          cause: `sqlc writes the code of this one and of ${displayPath(first)} into one ${name}.go`,
          diff: null,
          fix: 'rename one of the two with git mv',
        },
      ];
    });
  },
};
