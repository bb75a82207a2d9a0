import { basename } from 'node:path';
import { type Rule, wholeFile } from '../rule.ts';

/** The schema makes a migration or a checksum file that is not there. */
export const migrationMissing: Rule = {
  severity: 'error',
  needsSteps: true,
  summary: 'A database has a schema and no baseline, or no `atlas.sum`.',
  check: (evidence, facts) => {
    if (evidence.kind !== 'database') return [];
    return evidence.migrations.flatMap((output) => {
      if (output.state !== 'missing') return [];
      const what = basename(output.path) === 'atlas.sum' ? 'checksum file' : 'baseline';
      return [
        {
          target: evidence.id,
          message: `${evidence.id} has a schema and no ${what}`,
          location: wholeFile(output.path),
          cause: facts.changed.has(output.path)
            ? 'it was deleted while its schema stayed'
            : `the schema makes it and ${evidence.target.migrationsDir} does not hold it`,
          diff: null,
          fix: facts.fixCommand,
        },
      ];
    });
  },
};
