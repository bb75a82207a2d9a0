import { displayPath } from '../git/path-bytes.ts';
import type { RuleFacts } from '../verdict/evidence.ts';

/**
 * Why an output no longer fits its sources, in words: the changed sources by name where there are any.
 *
 * @param sources the paths that the output is made from
 * @param path the output's own path
 */
export function causeOfDifference(facts: RuleFacts, sources: readonly string[], path: string): string {
  const changed = sources.filter((source) => facts.changed.has(source)).map(displayPath);
  const [first, ...more] = changed;
  const itself = facts.changed.has(path);
  if (first === undefined) {
    return itself
      ? 'this file changed, and it is not what its sources make'
      : 'its sources make other bytes than this file holds';
  }
  const named = more.length === 0 ? first : `${first} and ${more.length} more`;
  return itself
    ? `${named} changed, and this file does not follow it`
    : `${named} changed; this file did not`;
}
