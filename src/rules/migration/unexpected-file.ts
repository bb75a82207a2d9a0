import { displayPath } from '../../git/path-bytes.ts';
import { baselines } from '../../plan/baseline.ts';
import { type Rule, wholeFile } from '../rule.ts';

/** A file in the migrations folder that is neither a migration nor `atlas.sum`. */
export const unexpectedFile: Rule = (evidence) => {
  if (evidence.kind !== 'database') return [];
  const migrations = new Set(baselines(evidence.target, evidence.target.migrationFiles));
  return evidence.migrations
    .filter((output) => output.state === 'orphan' && !migrations.has(output.path))
    .map(({ path }) => ({
      rule: 'migration/unexpected-file',
      target: evidence.id,
      message: `the migrations folder of ${evidence.id} holds a file that is no migration`,
      location: wholeFile(path),
      cause: `only one .sql file and atlas.sum are made in ${displayPath(evidence.target.migrationsDir)}`,
      diff: null,
      fix: 'move it elsewhere, or take it out with git rm --cached; dbcheck never deletes what it did not make',
    }));
};
