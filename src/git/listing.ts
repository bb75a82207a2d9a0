import { isUtf8 } from 'node:buffer';
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

/** A line of the index. */
export interface IndexRecord extends SnapshotEntry {
  /** Which side of a merge conflict it is; left out where there is none. */
  readonly side?: 'base' | 'ours' | 'theirs';
}

const SIDES = [undefined, 'base', 'ours', 'theirs'] as const;

/** Reads the output of `git ls-files -s -z`, which is in the order of the paths' bytes. */
export function parseIndexListing(listing: Buffer): IndexRecord[] {
  return recordTexts(listing).map((record) => {
    const tab = record.indexOf('\t');
    const [start, end] = [record.indexOf(' ') + 1, tab - 2];
    const entry: SnapshotEntry = {
      path: record.slice(tab + 1),
      mode: entryMode(record.slice(0, start - 1)),
      oid: record.slice(start, end),
    };
    const side = SIDES[Number(record[tab - 1])];
    return side === undefined ? entry : { ...entry, side };
  });
}

/** Reads the output of `git ls-tree -r -z`, which is in the order of the paths' bytes. */
export function parseTreeListing(listing: Buffer): SnapshotEntry[] {
  return recordTexts(listing).map((record) => {
    const tab = record.indexOf('\t');
    return {
      path: record.slice(tab + 1),
      mode: entryMode(record.slice(0, record.indexOf(' '))),
      oid: record.slice(record.lastIndexOf(' ', tab) + 1, tab),
    };
  });
}

/** A path that differs between two trees, or between a tree and the disk. */
interface RawDifference {
  readonly path: string;
  /** Octal; all zeros where a side does not have the path. */
  readonly oldMode: string;
  readonly newMode: string;
  readonly oldOid: string;
  /** `A`, `D`, `M`, `T`, or `U` in the middle of a merge. */
  readonly status: string;
}

/** Reads the output of git's `--raw -z` without renames: ":OLDMODE NEWMODE OLDOID NEWOID STATUS" and the path in turns. */
export function parseRawDifferences(output: Buffer): RawDifference[] {
  const records = splitRecords(output);
  const differences: RawDifference[] = [];
  for (let at = 0; at + 1 < records.length; at += 2) {
    const [oldMode = '', newMode = '', oldOid = '', , status = ''] = (records[at] ?? Buffer.alloc(0))
      .toString('latin1', 1)
      .split(' ');
    const path = decodePath(records[at + 1] ?? Buffer.alloc(0));
    differences.push({ path, oldMode, newMode, oldOid, status });
  }
  return differences;
}

/** The records of a `-z` option, each through `decodePath`: what stands before the path is ASCII. */
function recordTexts(output: Buffer): readonly string[] {
  // All at once where that is the same, since a tree may have many files.
  if (!isUtf8(output)) return splitRecords(output).map(decodePath);
  return output.toString('utf8').split('\0').slice(0, -1);
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

/** Old commits may hold modes such as 100664, which git itself reads as 100644. */
export function entryMode(octal: string): EntryMode {
  // Not `octal`: every file of a listing would hold a copy of its own.
  if (octal === '100644') return '100644';
  const mode = Number.parseInt(octal, 8);
  const type = mode & 0o170000;
  if (type === 0o120000) return '120000';
  if (type === 0o160000) return '160000';
  return (mode & 0o100) === 0 ? '100644' : '100755';
}
