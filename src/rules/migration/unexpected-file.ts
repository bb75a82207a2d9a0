import { displayPath } from '../../git/path-bytes.ts';
import { isMigrationFile } from '../../plan/baseline.ts';
import type { Evidence } from '../../verdict/evidence.ts';
import { type Rule, wholeFile } from '../rule.ts';

/** A file in the migrations folder that is neither a migration nor `atlas.sum`. */
export const unexpectedFile: Rule = {
  severity: 'error',
  needsSteps: true,
  summary: 'A migrations folder holds a file that is no migration.',
  check: (evidence) => {
    if (evidence.kind !== 'database' && evidence.kind !== 'removed') return [];
    const { target } = evidence;
    return unmade(evidence)
      .filter((path) => !isMigrationFile(target, path))
      .map((path) => ({
        target: evidence.id,
        message: `the migrations folder of ${evidence.id} holds a file that is no migration`,
        location: wholeFile(path),
        cause: `only one .sql file and atlas.sum are made in ${displayPath(target.migrationsDir)}`,
        diff: null,
        fix: 'move it elsewhere, or take it out with git rm --cached; dbcheck never deletes what it did not make',
      }));
  },
};

function unmade(evidence: Extract<Evidence, { kind: 'database' | 'removed' }>): readonly string[] {
  const files =
    evidence.kind === 'removed'
      ? evidence.migrations
      : evidence.migrations.filter(({ state }) => state === 'orphan');
  return files.map(({ path }) => path);
}
