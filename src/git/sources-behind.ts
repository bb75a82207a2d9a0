import { diskEqualsIndex } from './disk-equals-index.ts';
import type { Repository } from './repository.ts';

/** Those of the given paths whose file on disk is not what the index holds, in their order; each once. */
export async function sourcesBehind(
  repo: Repository,
  sources: readonly string[],
): Promise<readonly string[]> {
  const equal = await diskEqualsIndex(repo, sources);
  return [...new Set(sources)].filter((path) => !equal.has(path));
}
