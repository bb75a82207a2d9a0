import { displayPath } from '../../git/path-bytes.ts';
import { baselines } from '../../plan/baseline.ts';
import { type Rule, wholeFile } from '../rule.ts';

/** A second migration stands beside the one that is the whole schema. */
export const multipleBaselines: Rule = {
  severity: 'error',
  needsSteps: true,
  summary: 'A migrations folder holds a second migration beside its baseline.',
  check: (evidence, facts) => {
    if (evidence.kind !== 'database') return [];
    const all = baselines(evidence.target, evidence.target.migrationFiles);
    if (all.length < 2) return [];
    const kept = displayPath(evidence.baseline);
    const before = baselines(evidence.target, evidence.target.headMigrationFiles);
    // Who deletes what was deployed has lost the way from there to here.
    const isHistory = before.length > 1;
    return all
      .filter((path) => path !== evidence.baseline)
      .map((path) => ({
        target: evidence.id,
        message: `${evidence.id} has ${all.length} migrations where one baseline is the whole schema`,
        location: wholeFile(path),
        cause: isHistory
          ? `HEAD has ${before.length} as well, as a history of migrations would: to keep that, name another folder in \`migrations.dir\`, since ${kept} alone is kept here`
          : `${kept} is kept: ${before.includes(evidence.baseline) ? 'it is in HEAD' : 'it is the oldest'}`,
        diff: null,
        fix: facts.fixCommand,
      }));
  },
};
