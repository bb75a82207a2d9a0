import { formatHcl } from '../format/hcl-format.ts';
import type { FileWrite } from '../git/file-write.ts';
import { displayPath } from '../git/path-bytes.ts';
import { writeFiles } from '../git/worktree-write.ts';
import type { Finding, TextEdit } from '../rules/finding.ts';
import { editText } from '../sources/edit-text.ts';
import type { OpenProject } from './open-project.ts';
import type { CommonOptions } from './options.ts';
import { createToolbox } from './toolbox.ts';

/**
 * Writes what is certain: the edits that findings carry, and the layout of HCL.
 *
 * @returns a line for each finding that was mended
 */
export async function applyLintMends(
  open: OpenProject,
  findings: readonly Finding[],
  options: CommonOptions,
): Promise<readonly string[]> {
  const mended = findings.filter(({ rule, edits }) => edits !== undefined || rule === 'schema/unformatted');
  const edits = mended.flatMap((finding) => finding.edits ?? []);
  const paths = [
    ...new Set(mended.map(({ location }) => location.path).concat(edits.map(({ path }) => path))),
  ];
  if (paths.length === 0) return [];
  const files = await open.snapshot.read(paths);
  const edited = new Map([...files].map(([path, bytes]) => [path, withEdits(path, bytes, edits)]));
  const formatted = await layOut(open, edited, options);
  const writes = [...formatted].map(([path, bytes]): FileWrite => ({ kind: 'write', path, bytes }));
  await writeFiles(open.repo, writes);
  return mended.map(
    ({ rule, location, message }) =>
      `fixed ${displayPath(location.path)}:${location.line ?? 1}: ${message} (${rule})`,
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
