import { CheckError } from '../errors.ts';
import type { FileWrite } from '../git/file-write.ts';
import { displayPath } from '../git/path-bytes.ts';
import type { AffectedTarget } from '../plan/affected.ts';
import { allReads, stepsOf } from '../plan/steps.ts';
import type { Judgement, ReportedError } from '../report/judgement.ts';
import { withoutCommented } from '../rules/comment-ignores.ts';
import type { Finding, Observation } from '../rules/finding.ts';
import { acceptedPaths, toFindings } from '../rules/findings.ts';
import { inOrderOfRules, observe } from '../rules/observe.ts';
import { RULE_IDS } from '../rules/rules.ts';
import { unusedIgnores } from '../rules/unused-ignores.ts';
import { regenerate } from '../steps/regenerate.ts';
import type { Evidence, RuleFacts } from '../verdict/evidence.ts';
import { mendsOf } from '../verdict/mends.ts';
import { gatherEvidence, withoutRefusedSchemas } from './gather-evidence.ts';
import { newFindings } from './lint-baseline.ts';
import type { OpenProject } from './open-project.ts';
import type { CommonOptions } from './options.ts';
import { freshIn, readFiles, readHeadBaselines, readSources } from './read-sources.ts';
import { reportedError } from './reported-error.ts';
import { seenInSources, sourceEvidence } from './source-evidence.ts';
import { switchedOff } from './switched-off.ts';
import type { Toolbox } from './toolbox.ts';
import { verify } from './verify.ts';

/** What judging came to, and what would mend it. */
export interface Verdict {
  readonly judgement: Judgement;
  readonly mends: readonly FileWrite[];
}

/**
 * Regenerates the given targets in scratch folders, holds them against the snapshot and says what the rules find.
 *
 * @param affected the targets to judge, closed under what they read
 * @param how `extra`: observations about the project itself; `verifies`: runs the `verify` commands as well;
 *   `wholeTree`: these are all targets, so that an entry of `ignore` that suppresses nothing is known to be idle
 */
export async function judge(
  open: OpenProject,
  affected: readonly AffectedTarget[],
  toolbox: Toolbox,
  {
    options,
    extra,
    verifies,
    wholeTree,
  }: {
    readonly options: Pick<CommonOptions, 'activity' | 'useCache' | 'signal' | 'onSources'>;
    readonly extra: readonly Observation[];
    readonly verifies: boolean;
    readonly wholeTree: boolean;
  },
): Promise<Verdict> {
  const targets = affected.map(({ target }) => target);
  const { during } = options.activity;
  // Where nothing may be taken from earlier runs, each step is sure to ask for its tool and its server.
  if (!options.useCache) toolbox.warmUp(targets);
  const [files, headFiles] = await during('read the sources', () =>
    Promise.all([readSources(open, targets), readHeadBaselines(open, targets)]),
  );
  const facts: RuleFacts = {
    fixCommand: open.snapshot.kind === 'index' ? 'dbcheck fix --stage' : 'dbcheck fix',
    changed: new Set(open.changes.map(({ path }) => path)),
  };
  const reads = allReads(open.graph);
  options.activity.count('planned', targets.flatMap(stepsOf).length);
  const reading = during('read the sources as rules see them', () =>
    sourceEvidence(open, targets, files, toolbox, facts),
  );
  options.onSources(async () => {
    const read = await reading;
    const said = withoutCommented(seenInSources(read, facts, open.project), read.evidence, new Set());
    return (await newFindings(open, toFindings([...extra, ...said], reads, open.project), false)).diagnostics;
  });
  const [regeneration, sources] = await settled(
    regenerate({
      ...{ project: open.project, graph: open.graph, targets, files, headFiles },
      ...{ isFresh: freshIn(open), providers: toolbox, during, signal: options.signal },
    }),
    reading,
  );
  const gathered = await during('hold the outputs against the snapshot', () =>
    gatherEvidence({ open, targets, files, regeneration, sources, toolbox }),
  );
  const isWhole = wholeTree && gathered.errors.length === 0 && gathered.notChecked.length === 0;
  const observations = withoutCommented(
    inOrderOfRules([
      ...withoutRefusedSchemas(sources.seen, gathered.evidence),
      ...observe(gathered.evidence, facts, open.project.rules),
    ]),
    gathered.evidence,
    new Set(isWhole ? RULE_IDS : []),
  );
  const mends = mendsOf(
    gathered.evidence,
    acceptedPaths(observations, open.project),
    await readFiles(open.snapshot, open.conflicts.outputs),
  );
  const unverified = verifies && gathered.errors.length === 0 ? await verify(open, mends, toolbox) : [];
  const seen = [...extra, ...observations, ...unverified];
  const idle = isWhole ? unusedIgnores(seen, open.project) : [];
  const found = toFindings([...seen, ...idle], reads, open.project);
  const { diagnostics, known } = await newFindings(open, found, isWhole);
  const errors = uniqueErrors([...gathered.errors, ...silentRefusals(gathered.evidence, diagnostics)]);
  return {
    judgement: {
      outcome:
        errors.length > 0
          ? 'error'
          : diagnostics.some(({ severity }) => severity === 'error')
            ? 'findings'
            : 'clean',
      snapshot: { kind: open.snapshot.kind, id: open.snapshot.id, label: open.snapshot.label },
      checked: gathered.checked,
      notChecked: gathered.notChecked,
      switchedOff: switchedOff(open.project, { verifies, known }),
      diagnostics,
      errors,
    },
    mends,
  };
}

/** Waits for both whatever becomes of one: nothing of a run may be at work any more when its folders go. */
async function settled<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other]);
  return Promise.all([one, other]);
}

/** Where the rule that would speak is off or ignored, a target that nothing was made of must not pass for a clean one. */
function silentRefusals(
  evidence: readonly Evidence[],
  diagnostics: readonly Finding[],
): readonly CheckError[] {
  const spoken = new Set(
    diagnostics.flatMap(({ severity, target }) => (severity === 'error' ? [target] : [])),
  );
  return evidence.flatMap((found) => {
    if (found.kind !== 'refused' || spoken.has(found.id)) return [];
    const [problem] = found.problems;
    const error = new CheckError(
      'sources-refused',
      `${displayPath(found.id)} could not be checked: nothing can be made of its sources, and the rule that says so is switched off or ignored${problem === undefined ? '' : `\n${problem.message}`}`,
      {
        place:
          problem === undefined
            ? undefined
            : {
                path: problem.path,
                line: problem.line ?? undefined,
                column: problem.column ?? undefined,
              },
        hint: 'mend the sources, or switch the rule on in `rules` and `ignore`',
      },
    );
    return [error];
  });
}

/** One dead server fails every target in the same words. */
function uniqueErrors(errors: readonly CheckError[]): readonly ReportedError[] {
  const reported = errors.map(reportedError);
  return [...new Map(reported.map((error) => [JSON.stringify(error), error])).values()];
}
