import { basename } from 'node:path/posix';
import { displayPath } from '../../git/path-bytes.ts';
import { migrationVersion } from '../../plan/baseline.ts';
import type { MigrationsEvidence } from '../../verdict/evidence.ts';
import { type Rule, wholeFile } from '../rule.ts';

/** What is wrong with a name, why, and what mends it. */
interface Fault {
  readonly claim: string;
  readonly cause: string;
  readonly fix: string;
}

const RENAME = 'rename it to VERSION_NAME.sql with a version of digits, such as 20240131120000_add_note.sql';

/** A name by which Atlas does not run a migration when it is meant to run. */
export const migrationFileName: Rule = {
  severity: 'warning',
  summary: 'Atlas does not take a migration for one by its name, or runs it at another time than is meant.',
  check: (evidence) => {
    if (evidence.kind !== 'migrations') return [];
    const late = sortedTooLate(evidence);
    return evidence.files.flatMap(({ path }) => {
      const name = basename(path);
      const fault = faultOf(name) ?? late.get(path);
      if (fault === undefined) return [];
      return [
        {
          target: evidence.id,
          message: `${displayPath(name)} ${fault.claim}`,
          location: wholeFile(path),
          cause: fault.cause,
          diff: null,
          fix: `${fault.fix}, then: dbcheck fix`,
        },
      ];
    });
  },
};

function faultOf(name: string): Fault | undefined {
  const version = migrationVersion(name);
  if (version === null) {
    return /\.sql$/i.test(name)
      ? {
          claim: 'is no migration to Atlas',
          cause: 'Atlas reads the files whose names end in .sql, and case counts',
          fix: 'let its name end in .sql',
        }
      : undefined;
  }
  if (/\.(?:down|undo|rollback)\.sql$/i.test(name)) {
    return {
      claim: 'is run as a migration like the others',
      cause: 'Atlas runs every .sql file of the folder and knows none that takes another one back',
      fix: 'move it out of the migrations folder',
    };
  }
  if (/^\d+$/.test(version)) return undefined;
  return {
    claim: `gives a migration the version ${displayPath(version)}`,
    cause:
      'Atlas sorts by names and writes versions of digits, so that every migration it writes later runs before this one',
    fix: RENAME,
  };
}

/** Migrations whose versions are lower, as numbers, than one that sorts before them: `10_b.sql` and `9_a.sql`. */
function sortedTooLate({ files }: MigrationsEvidence): ReadonlyMap<string, Fault> {
  const found = new Map<string, Fault>();
  let highest: { readonly version: bigint; readonly path: string } | null = null;
  for (const { path } of files) {
    const text = migrationVersion(path);
    if (text === null || !/^\d+$/.test(text)) continue;
    const version = BigInt(text);
    if (highest === null || version >= highest.version) {
      highest = { version, path };
      continue;
    }
    found.set(path, {
      claim: `runs after ${displayPath(basename(highest.path))}, which has the higher version`,
      cause: 'Atlas sorts names as texts and not as numbers',
      fix: 'write all versions with the same number of digits, zeros in front',
    });
  }
  return found;
}
