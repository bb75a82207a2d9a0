import { posix } from 'node:path';
import { DIALECTS } from '../config/dialect-names.ts';
import { isPackageFile, mayConfigure } from '../config/find-config.ts';
import { FOREIGN_FOLDERS } from '../config/scanned-paths.ts';
import type { Snapshot } from '../git/snapshot.ts';

/** A schema or an sqlc configuration at its default place below a folder. */
const LAID_OUT = new RegExp(
  `^(.+)/tools/(?:atlas/schemas/(?:${DIALECTS.join('|')})/.+\\.hcl|sqlc/sqlc_(?:${DIALECTS.join('|')})\\.yml)$`,
);

/** Folders below another one that are projects of their own, relative to the git root. */
export interface ProjectsBelow {
  /** Those with a configuration. */
  readonly configured: readonly string[];
  /** Those of the default layout, which a configuration above them would take in. */
  readonly laidOut: readonly string[];
}

/** Finds the projects below a folder; each has its own `dbcheck init`. */
export async function projectsBelow(snapshot: Snapshot, dir: string): Promise<ProjectsBelow> {
  const prefix = dir === '' ? '' : `${dir}/`;
  const files = [...snapshot.entries.values()]
    .filter(({ path, mode }) => path.startsWith(prefix) && mode.startsWith('100'))
    .map(({ path }) => path)
    .filter((path) => !path.split('/').some((folder) => FOREIGN_FOLDERS.has(folder)));
  const named = files.filter((path) => mayConfigure(path, []) || isPackageFile(path));
  const contents = await snapshot.read(
    named.filter((path) => posix.dirname(path.slice(prefix.length)) !== '.'),
  );
  const configured = [...contents].filter(([path, bytes]) => mayConfigure(path, [bytes]));
  const laidOut = files.flatMap((path) => LAID_OUT.exec(path.slice(prefix.length))?.[1] ?? []);
  return {
    configured: [...new Set(configured.map(([path]) => posix.dirname(path)))],
    laidOut: [...new Set(laidOut.map((folder) => `${prefix}${folder}`))],
  };
}

/** Makes a test of whether a path lies in one of the folders. */
export function isIn(folders: readonly string[]): (path: string) => boolean {
  return (path) => folders.some((folder) => path.startsWith(`${folder}/`));
}
