import { posix } from 'node:path';
import { DIALECTS } from '../config/dialect-names.ts';
import type { Project } from '../config/project.ts';
import { FOREIGN_FOLDERS } from '../config/scanned-paths.ts';
import type { Snapshot } from '../git/snapshot.ts';
import { matchSchema } from '../plan/matched-paths.ts';

/** A block of Atlas's; HCL of other programs has none of these. */
const SCHEMA_BLOCK = /^[ \t]*(?:schema|table)[ \t]+"[^"\n]+"/m;

const NAMES_OF_DIALECTS: ReadonlySet<string> = new Set(DIALECTS);

/** The schemas in a project's folder. */
export interface FoundSchemas {
  /** Whether one stands where `schemas` says. */
  readonly covered: boolean;
  /** Those at other places, relative to the git root; none where the configuration says which it means. */
  readonly elsewhere: readonly string[];
}

/** Searches a project's folder for schemas; foreign folders and Atlas's own configuration are left out. */
export async function searchSchemas(snapshot: Snapshot, project: Project): Promise<FoundSchemas> {
  const prefix = project.dir === '' ? '' : `${project.dir}/`;
  const all = [...snapshot.entries.values()]
    .filter(({ path, mode }) => path.startsWith(prefix) && path.endsWith('.hcl') && mode.startsWith('100'))
    .map(({ path }) => path);
  const candidates = (project.named('schemas') ? [] : all)
    .filter((path) => matchSchema(project, path) === null && posix.basename(path) !== 'atlas.hcl')
    .filter((path) => !path.split('/').some((folder) => FOREIGN_FOLDERS.has(folder)));
  const files = await snapshot.read(candidates);
  return {
    covered: all.some((path) => matchSchema(project, path) !== null),
    elsewhere: candidates.filter((path) => SCHEMA_BLOCK.test(files.get(path)?.toString() ?? '')),
  };
}

/** The template that all the paths fit, by a folder with the name of a dialect; null where there is none. */
export function templateFor(paths: readonly string[], projectDir: string): string | null {
  const templates = paths.map((path) => {
    const folders = posix.relative(projectDir, posix.dirname(path)).split('/');
    const index = folders.findLastIndex((folder) => NAMES_OF_DIALECTS.has(folder));
    if (index === -1) return null;
    return [...folders.map((folder, at) => (at === index ? '{dialect}' : folder)), '{database}.hcl'].join(
      '/',
    );
  });
  const [first = null] = templates;
  return templates.every((template) => template === first) ? first : null;
}
