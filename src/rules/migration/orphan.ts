import { displayPath } from '../../git/path-bytes.ts';
import { isMigrationFile } from '../../plan/baseline.ts';
import { type Rule, wholeFile } from '../rule.ts';

/** Migrations whose schema is gone, or is empty, or which the configuration has elsewhere now. */
export const migrationOrphan: Rule = {
  severity: 'error',
  needsSteps: true,
  summary: 'A migration is left of a database whose schema is gone.',
  check: (evidence, facts) => {
    if (evidence.kind === 'moved') {
      return evidence.migrations.map(({ path }) => ({
        target: evidence.id,
        message: `a migration of ${displayPath(evidence.id)} is left where its migrations no longer stand`,
        location: wholeFile(path),
        cause: `the configuration has the migrations of ${displayPath(evidence.id)} elsewhere now`,
        diff: null,
        fix: facts.fixCommand,
      }));
    }
    const left =
      evidence.kind === 'removed'
        ? evidence.migrations
            .map((file) => file.path)
            .filter((path) => isMigrationFile(evidence.target, path))
        : evidence.kind === 'database' && evidence.migrations.every((output) => output.state === 'orphan')
          ? evidence.migrations
              .map((output) => output.path)
              .filter((path) => path === evidence.baseline || path.endsWith('/atlas.sum'))
          : [];
    return left.map((path) => ({
      target: evidence.id,
      message: `a migration is left of ${evidence.id}, which has no schema any more`,
      location: wholeFile(path),
      cause:
        evidence.kind === 'removed'
          ? `no HCL file of ${displayPath(evidence.id)} is in the tree`
          : 'its HCL defines no object',
      diff: null,
      fix: facts.fixCommand,
    }));
  },
};
