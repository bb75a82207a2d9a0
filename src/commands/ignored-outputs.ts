import type { StepMemory } from '../cache/step-memory.ts';
import { decodePath, encodePath } from '../git/path-bytes.ts';
import type { Repository } from '../git/repository.ts';
import type { Snapshot } from '../git/snapshot.ts';
import { generatedOutputs } from '../rules/generated/outputs.ts';
import type { Evidence, IgnoredOutputsEvidence } from '../verdict/evidence.ts';

/** A pattern of git's that fits a path. */
interface Match {
  readonly source: string;
  /** Counts from 1. */
  readonly line: number;
  readonly pattern: string;
  readonly path: string;
}

/**
 * Which of the files that the snapshot lacks git ignores, by the patterns that fit them. Asks git once, and only where
 * something is missing.
 *
 * @param memory told of that, since files outside of the snapshot answer
 */
export async function ignoredOutputs(
  { repo, snapshot }: { readonly repo: Repository; readonly snapshot: Snapshot },
  evidence: readonly Evidence[],
  memory: Pick<StepMemory, 'doubt'>,
): Promise<readonly IgnoredOutputsEvidence[]> {
  const missing = new Map(
    evidence.flatMap((found) => {
      const migrations = found.kind === 'database' ? found.migrations : [];
      return [...migrations, ...generatedOutputs(found).map(({ output }) => output)].flatMap(
        ({ state, path }) => (state === 'missing' ? [[path, found.id] as const] : []),
      );
    }),
  );
  if (missing.size === 0) return [];
  memory.doubt();
  const matches = await ignoringPatterns(repo, [...missing.keys()]);
  const groups = new Map<string, { match: Match; id: string; paths: string[] }>();
  for (const match of matches) {
    const id = missing.get(match.path) ?? '';
    const key = [id, match.source, match.line].join('\0');
    const group = groups.get(key) ?? { match, id, paths: [] };
    group.paths.push(match.path);
    groups.set(key, group);
  }
  const sources = await snapshot.read(
    [...new Set(matches.map(({ source }) => source))].filter((path) =>
      snapshot.entries.get(path)?.mode.startsWith('100'),
    ),
  );
  return [...groups.values()].map(({ match, id, paths }) => ({
    ...{ kind: 'ignored-outputs', id, paths: paths.sort() },
    ...{ pattern: match.pattern, source: match.source, location: locationOf(match, sources) },
  }));
}

/** The disk may have other patterns than the snapshot; then the file alone is known. */
function locationOf(
  { source, line, pattern }: Match,
  sources: ReadonlyMap<string, Buffer>,
): IgnoredOutputsEvidence['location'] {
  const bytes = sources.get(source);
  if (bytes === undefined) return null;
  const isThere = decodePath(bytes).split('\n')[line - 1]?.trim() === pattern.trim();
  return isThere ? { path: source, line, column: 1 } : { path: source, line: null, column: null };
}

/** So that a path that begins with a colon is no pathspec with magic, which git would refuse. */
const HERE = './';

async function ignoringPatterns(repo: Repository, paths: readonly string[]): Promise<readonly Match[]> {
  const input = Buffer.concat(
    paths.flatMap((path) => [Buffer.from(HERE), encodePath(path), Buffer.from([0])]),
  );
  // Git says 1 where nothing is ignored, and 128 for a path that can't be added at all, such as one behind a link.
  const { stdout } = await repo.git(['check-ignore', '--no-index', '--verbose', '-z', '--stdin'], {
    input,
    allowFailure: true,
    // The command knows no literal pathspecs, and takes every path as it is.
    env: { GIT_LITERAL_PATHSPECS: '0' },
  });
  const fields = stdout
    .toString('latin1')
    .split('\0')
    .map((field) => decodePath(Buffer.from(field, 'latin1')));
  const matches: Match[] = [];
  for (let at = 0; at + 3 < fields.length; at += 4) {
    const [source = '', line = '', pattern = '', path = ''] = fields.slice(at, at + 4);
    if (!pattern.startsWith('!'))
      matches.push({ source, line: Number(line), pattern, path: path.slice(HERE.length) });
  }
  return matches;
}
