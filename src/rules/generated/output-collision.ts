import { displayPath } from '../../git/path-bytes.ts';
import type { EntryCollision } from '../../steps/sqlc-generate.ts';
import type { Rule } from '../rule.ts';

/** Two entries or two configurations write the same file, and which of them wins is chance. */
export const outputCollision: Rule = {
  severity: 'error',
  needsSteps: true,
  summary: 'Two sqlc entries write the same file.',
  check: (evidence) => {
    const fix = 'give one of them an output folder or file names of its own';
    if (evidence.kind === 'sqlc') {
      return [...pathsByPair(evidence.collisions).values()].map(({ entries: [first, second], paths }) => {
        const place = evidence.steps.config.entries[second]?.place ?? { path: evidence.id };
        return {
          target: evidence.id,
          message: `entries ${first + 1} and ${second + 1} of ${evidence.id} both write ${listed(paths)}`,
          location: { path: place.path, line: place.line ?? null, column: place.column ?? null },
          cause: 'sqlc lets the last writer win, and which one that is changes from run to run',
          diff: null,
          fix,
        };
      });
    }
    if (evidence.kind !== 'collision') return [];
    return [
      {
        target: evidence.id,
        message: `${displayPath(evidence.other)} and ${displayPath(evidence.id)} both write ${listed(evidence.paths)}`,
        location: evidence.location,
        cause: 'each file is whatever the configuration that ran last made of it',
        diff: null,
        fix,
      },
    ];
  },
};

/** Two entries that collide do so in several files, always the shared ones such as db.go and models.go. */
function pathsByPair(
  collisions: readonly EntryCollision[],
): ReadonlyMap<string, { readonly entries: EntryCollision['entries']; readonly paths: readonly string[] }> {
  const pairs = new Map<string, { entries: EntryCollision['entries']; paths: string[] }>();
  for (const { entries, path } of collisions) {
    const pair = pairs.get(entries.join()) ?? { entries, paths: [] };
    pair.paths.push(path);
    pairs.set(entries.join(), pair);
  }
  return pairs;
}

function listed(paths: readonly string[]): string {
  return [...paths].sort().map(displayPath).join(', ');
}
