import { type Rule, wholeFile } from '../rule.ts';
import { generatedOutputs } from './outputs.ts';

/** A generated file that no step makes any more. */
export const generatedOrphan: Rule = {
  severity: 'error',
  needsSteps: true,
  summary: 'A generated file is left behind that no step makes any more.',
  check: (evidence, facts) => {
    const orphan = (path: string, cause: string) => ({
      target: evidence.id,
      message: 'a generated file is left behind that no step makes any more',
      location: wholeFile(path),
      cause,
      diff: null,
      fix: facts.fixCommand,
    });
    if (evidence.kind === 'removed') {
      const { sqlcSchema } = evidence;
      return sqlcSchema === null
        ? []
        : [orphan(sqlcSchema.path, `no HCL file of ${evidence.id} is in the tree`)];
    }
    if (evidence.kind === 'moved') {
      const { sqlcSchema } = evidence;
      return sqlcSchema === null
        ? []
        : [orphan(sqlcSchema.path, `the configuration has the sqlc schema of ${evidence.id} elsewhere now`)];
    }
    if (evidence.kind === 'removed-sqlc') {
      return evidence.orphans.map((file) => orphan(file.path, `the configuration ${evidence.id} is gone`));
    }
    return generatedOutputs(evidence).flatMap(({ output, maker }) =>
      output.state === 'orphan'
        ? [
            orphan(
              output.path,
              `it stands in an output folder of ${evidence.id}, and ${maker} no longer makes it`,
            ),
          ]
        : [],
    );
  },
};
