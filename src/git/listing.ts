import { decodePath } from './path-bytes.ts';

type EntryMode = '100644' | '100755' | '120000' | '160000';

/** One file of a snapshot. */
export interface SnapshotEntry {
  /** Relative to the git root, see {@link decodePath}. */
  readonly path: string;
  /** `120000` is a symbolic link, `160000` a submodule. */
  readonly mode: EntryMode;
  /** The object's name in hex; of a submodule it is a commit of another repository. */
  readonly oid: string;
}

/** A line of the index; stages 1 to 3 are the sides of a merge conflict. */
export interface IndexRecord extends SnapshotEntry {
  readonly stage: number;
  /** The line itself, without its final NUL. */
  readonly bytes: Buffer;
}

/** Reads the output of `git ls-files -s -z`, which is in the order of the paths' bytes. */
export function parseIndexListing(listing: Buffer): IndexRecord[] {
  return splitRecords(listing).map((bytes) => {
    const { fields, path } = splitAtTab(bytes);
    const [mode = '', oid = '', stage = ''] = fields;
    return { path, mode: entryMode(mode), oid, stage: Number(stage), bytes };
  });
}

/** Reads the output of `git ls-tree -r -z`, which is in the order of the paths' bytes. */
export function parseTreeListing(listing: Buffer): SnapshotEntry[] {
  return splitRecords(listing).map((bytes) => {
    const { fields, path } = splitAtTab(bytes);
    const [mode = '', , oid = ''] = fields;
    return { path, mode: entryMode(mode), oid };
  });
}

/** Cuts output of a `-z` option at its NULs. */
export function splitRecords(output: Buffer): Buffer[] {
  const records: Buffer[] = [];
  let start = 0;
  for (let end = output.indexOf(0); end !== -1; end = output.indexOf(0, start)) {
    records.push(output.subarray(start, end));
    start = end + 1;
  }
  return records;
}

function splitAtTab(record: Buffer): { fields: string[]; path: string } {
  const tab = record.indexOf('\t');
  return { fields: record.toString('latin1', 0, tab).split(' '), path: decodePath(record.subarray(tab + 1)) };
}

/** Old commits may hold modes such as 100664, which git itself reads as 100644. */
function entryMode(octal: string): EntryMode {
  const mode = Number.parseInt(octal, 8);
  const type = mode & 0o170000;
  if (type === 0o120000) return '120000';
  if (type === 0o160000) return '160000';
  return (mode & 0o100) === 0 ? '100644' : '100755';
}
