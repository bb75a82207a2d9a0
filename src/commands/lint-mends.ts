import { formatHcl } from '../format/hcl-format.ts';
import type { FileWrite } from '../git/file-write.ts';
import { displayPath } from '../git/path-bytes.ts';
import { writeFiles } from '../git/worktree-write.ts';
import type { Finding } from '../rules/finding.ts';
import type { TextEdit } from '../rules/sighting.ts';
import { editText } from '../sources/edit-text.ts';
import { namedConstraints } from '../sources/named-constraints.ts';
import { DIALECT_OF_ENGINE } from '../sources/query-evidence.ts';
import { positionAt, sourceText } from '../sources/source-text.ts';
import type { Location } from '../verdict/location.ts';
import type { OpenProject } from './open-project.ts';
import type { CommonOptions } from './options.ts';
import { readPresent } from './read-sources.ts';
import { createToolbox } from './toolbox.ts';
import { unseenEdits } from './unseen-edits.ts';

/**
 * Writes what is certain: the edits that findings carry, and the layout of HCL.
 *
 * A name that a query uses is left: in which of several tables and dialects the query means it, a person has to know.
 * A file with edits that were not read is left too.
 *
 * @returns whether anything was mended, and a line for each finding that was, or that was left
 */
export async function applyLintMends(
  open: OpenProject,
  findings: readonly Finding[],
  options: CommonOptions,
): Promise<LintMends> {
  const candidates = findings.filter(
    ({ rule, edits }) => edits !== undefined || rule === 'schema/unformatted',
  );
  const left = await namesInQueries(open, candidates);
  const mended = candidates.filter((finding) => !left.has(finding));
  const leftLines = [...left].map(
    ([{ rule, location, message }, use]) =>
      `left ${placeOf(location)}: ${message}; ${placeOf(use)} names ${use.name}: rename it in both by hand (${rule})`,
  );
  const edits = mended.flatMap((finding) => finding.edits ?? []);
  const paths = [
    ...new Set(mended.map(({ location }) => location.path).concat(edits.map(({ path }) => path))),
  ];
  if (paths.length === 0) return { isChanged: false, lines: leftLines };
  const files = await open.snapshot.read(paths);
  const edited = new Map([...files].map(([path, bytes]) => [path, withEdits(path, bytes, edits)]));
  const formatted = await layOut(open, edited, options);
  const unseen = await unseenEdits(open.repo, open.snapshot, paths, 'dbcheck lint --fix');
  if (unseen.size > 0) {
    const [rest, leftForEdits] = withoutUnseen(mended, unseen);
    // What is left may have shared a file with what is not.
    const { isChanged, lines } = await applyLintMends(open, rest, options);
    return { isChanged, lines: [...lines, ...leftLines, ...leftForEdits] };
  }
  const writes = [...formatted].map(([path, bytes]): FileWrite => ({ kind: 'write', path, bytes }));
  await writeFiles(open.repo, writes);
  const lines = mended.map(
    ({ rule, location, message }) => `fixed ${placeOf(location)}: ${message} (${rule})`,
  );
  return { isChanged: true, lines: [...lines, ...leftLines] };
}

export interface LintMends {
  readonly isChanged: boolean;
  readonly lines: readonly string[];
}

function placeOf({ path, line }: Location): string {
  return `${displayPath(path)}:${line ?? 1}`;
}

/** The findings that touch no file with edits that nobody has read, and a line for each of the others. */
function withoutUnseen(
  findings: readonly Finding[],
  unseen: ReadonlyMap<string, string>,
): readonly [readonly Finding[], readonly string[]] {
  const causeOf = ({ location, edits = [] }: Finding): string | undefined =>
    [location, ...edits].map(({ path }) => unseen.get(path)).find((cause) => cause !== undefined);
  const lines = findings.flatMap((finding) => {
    const [{ rule, location, message }, cause] = [finding, causeOf(finding)];
    return cause === undefined ? [] : [`left ${placeOf(location)}: ${message}; ${cause} (${rule})`];
  });
  return [findings.filter((finding) => causeOf(finding) === undefined), lines];
}

interface Use extends Location {
  readonly name: string;
}

/** Of the findings that would rename something, those whose old name a query of the project uses, with the first use. */
async function namesInQueries(
  { graph, snapshot }: OpenProject,
  findings: readonly Finding[],
): Promise<ReadonlyMap<Finding, Use>> {
  const renaming = findings.filter(({ edits }) => edits !== undefined);
  if (renaming.length === 0) return new Map();
  const dialects = graph.targets.flatMap((target) =>
    target.kind !== 'sqlc'
      ? []
      : target.config.entries.flatMap(({ engine, index }) =>
          (target.entries[index]?.queryFiles ?? []).map((path) => [path, DIALECT_OF_ENGINE[engine]] as const),
        ),
  );
  const edits = renaming.flatMap((finding) => finding.edits ?? []);
  const files = await readPresent(
    snapshot,
    [...dialects, ...edits.map(({ path }) => [path])].map(([path]) => path),
  );
  const texts = new Map([...files].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]));
  const uses = new Map<string, Use>();
  for (const [path, dialect] of dialects) {
    const source = sourceText(texts.get(path) ?? '');
    for (const { name, start } of namedConstraints(source.text, dialect)) {
      const key = name.toLowerCase();
      if (!uses.has(key)) uses.set(key, { name, path, ...positionAt(source, start) });
    }
  }
  return new Map(
    renaming.flatMap((finding) => {
      const use = (finding.edits ?? [])
        .map(({ path, start, end }) => (texts.get(path) ?? '').slice(start, end).replaceAll('"', ''))
        .map((name) => uses.get(name.toLowerCase()))
        .find((found) => found !== undefined);
      return use === undefined ? [] : [[finding, use] as const];
    }),
  );
}

function withEdits(path: string, bytes: Buffer, edits: readonly TextEdit[]): Buffer {
  const own = edits.filter((edit) => edit.path === path);
  // Positions count without a byte order mark, which the layout of Atlas has none of either.
  return own.length === 0 ? bytes : Buffer.from(editText(new TextDecoder().decode(bytes), own));
}

/** A name that became longer moves what stands beside it. */
async function layOut(
  open: OpenProject,
  files: ReadonlyMap<string, Buffer>,
  options: CommonOptions,
): Promise<ReadonlyMap<string, Buffer>> {
  const schemas = new Map([...files].filter(([path]) => path.endsWith('.hcl')));
  const toolbox = createToolbox({ ...open, options, mayBuild: options.interactive });
  try {
    const [atlas, scratch] = await Promise.all([toolbox.tool('atlas'), toolbox.scratch()]);
    const formatter = { atlas: atlas.path, scratchDir: await scratch.folder('format') };
    const formatted = await formatHcl(schemas, formatter);
    return new Map(
      [...files].map(([path, bytes]) => {
        const result = formatted.get(path);
        return [path, result?.kind === 'formatted' ? result.bytes : bytes];
      }),
    );
  } finally {
    await toolbox.close();
  }
}
