import { lintBaselinePath } from '../config/lint-baseline-name.ts';
import { CheckError } from '../errors.ts';
import { displayPath } from '../git/path-bytes.ts';
import { writeFiles } from '../git/worktree-write.ts';
import { allReads, type PlannedTarget } from '../plan/steps.ts';
import type { Judgement } from '../report/judgement.ts';
import { maskJudgement } from '../report/mask-judgement.ts';
import { SOURCE_RULES, withoutCommented } from '../rules/comment-ignores.ts';
import type { Finding } from '../rules/finding.ts';
import { toFindings } from '../rules/findings.ts';
import { writtenLintBaseline } from '../rules/lint-baseline.ts';
import { unusedIgnores } from '../rules/unused-ignores.ts';
import { sourcePaths } from '../sources/gather.ts';
import { parityPaths } from '../sources/parity-evidence.ts';
import { givenPath } from './given-path.ts';
import { keepLint, type LintTree } from './known-lint.ts';
import { newFindings } from './lint-baseline.ts';
import { applyLintMends } from './lint-mends.ts';
import { type OpenProject, openProject, readsVariables } from './open-project.ts';
import type { CommandResult, CommonOptions, LintOptions } from './options.ts';
import { readPresent } from './read-sources.ts';
import { reportedError } from './reported-error.ts';
import { respond } from './respond.ts';
import { targetsToJudge } from './select.ts';
import { asksForLayout, seenInSources, sourceEvidence } from './source-evidence.ts';
import { switchedOff } from './switched-off.ts';
import { createToolbox } from './toolbox.ts';

/** When a run began, and the work tree where it is listed already, so that what is found can be kept. */
export interface LintRun {
  readonly startedAt: number;
  readonly tree: LintTree | null;
}

/**
 * What the rules find in the sources of the work tree, without a database; mends it and writes the baseline where asked to.
 *
 * @throws CheckError `not-a-source` for a given path that belongs to no target; `whole-tree-only` where a baseline is to
 * be written of a part
 */
export async function lintSources(
  options: CommonOptions,
  lintOptions: LintOptions,
  { startedAt, tree }: LintRun,
): Promise<CommandResult> {
  const { writeBaseline, fix } = lintOptions;
  if (writeBaseline && (lintOptions.files.length > 0 || options.targets.length > 0)) {
    throw new CheckError(
      'whole-tree-only',
      'a baseline is about all sources, and files or targets are given',
      {
        hint: 'dbcheck lint --write-baseline',
      },
    );
  }
  const first = await lintOnce(options, lintOptions, tree);
  const mended = fix ? await applyLintMends(first.open, first.judgement.diagnostics, options) : null;
  const { open, judgement, found, files } =
    mended?.isChanged !== true ? first : await lintOnce(options, lintOptions, null);
  const lines = (mended?.lines ?? []).map((line) => `${line}\n`).join('');
  if (writeBaseline) {
    const path = lintBaselinePath(open.project);
    await writeFiles(open.repo, [{ kind: 'write', path, bytes: Buffer.from(writtenLintBaseline(found)) }]);
    const count = found.length === 1 ? '1 finding' : `${found.length} findings`;
    return {
      exitCode: judgement.outcome === 'error' ? 2 : 0,
      stdout: '',
      stderr: `${lines}wrote ${count} to ${displayPath(path)}; from now on only new ones are told. Next: git add ${displayPath(path)}\n`,
    };
  }
  const said = respond(judgement, { command: 'lint', startedAt, files, isMended: fix }, options);
  return options.format === 'json'
    ? { ...said, stderr: lines }
    : { ...said, stdout: `${lines}${said.stdout}` };
}

interface Linted {
  readonly open: OpenProject;
  readonly judgement: Judgement;
  /** Every finding, also what the baseline knows. */
  readonly found: readonly Finding[];
  /** How many files were read. */
  readonly files: number;
}

async function lintOnce(
  options: CommonOptions,
  { files: given }: LintOptions,
  tree: LintTree | null,
): Promise<Linted> {
  const open = await openProject(options, { kind: 'worktree', listing: tree?.listing }, tree);
  const all = targetsToJudge(open, 'whole', options.targets).map(({ target }) => target);
  const wanted = await givenSources(open, options.cwd, given, all);
  const targets =
    wanted === null ? all : all.filter((target) => ownedBy(target).some((path) => wanted.has(path)));
  const toolbox = createToolbox({ ...open, options, mayBuild: options.interactive });
  try {
    // Looked for meanwhile; what goes wrong is said to whoever needs it.
    if (asksForLayout(open.project, targets)) toolbox.tool('atlas').catch(() => undefined);
    const own = sourcePaths(targets);
    const files = await readPresent(open.snapshot, [
      ...own,
      ...parityPaths(open.project, open.graph, targets),
    ]);
    const facts = { fixCommand: 'dbcheck fix', changed: new Set(open.changes.map(({ path }) => path)) };
    const sources = await sourceEvidence(open, targets, files, toolbox, facts);
    const { evidence, errors } = sources;
    const isWhole = wanted === null && options.targets.length === 0 && errors.length === 0;
    const seen = withoutCommented(
      seenInSources(sources, facts, open.project),
      evidence,
      isWhole ? SOURCE_RULES : new Set(),
    ).filter(({ location }) => wanted === null || wanted.has(location.path));
    const ignore = open.project.ignore.filter((entry) => SOURCE_RULES.has(entry.rule));
    const idle = isWhole ? unusedIgnores(seen, { ...open.project, ignore }) : [];
    const found = toFindings([...seen, ...idle], allReads(open.graph), open.project);
    const { diagnostics, known } = await newFindings(open, found, isWhole);
    const blocked = diagnostics.some(({ severity }) => severity === 'error');
    const judgement: Judgement = {
      outcome: errors.length > 0 ? 'error' : blocked ? 'findings' : 'clean',
      snapshot: { kind: 'worktree', id: open.snapshot.id, label: open.snapshot.label },
      checked: targets.map(({ id }) => ({ target: id, steps: ['lint'], outputs: 0 })),
      notChecked: [],
      switchedOff: switchedOff(open.project, { verifies: true, known }),
      diagnostics,
      errors: errors.map(reportedError),
    };
    const count = wanted?.size ?? new Set(own.filter((path) => files.has(path))).size;
    if (tree !== null && errors.length === 0 && !readsVariables(open) && toolbox.memory.isProven) {
      const restsOn = { ...(await toolbox.used()), disk: open.disk };
      const known = { judgement: maskJudgement(judgement), files: count };
      await keepLint(tree, known, restsOn);
    }
    return { open, judgement, found, files: count };
  } finally {
    await toolbox.close();
  }
}

/** Every file of a target that somebody may hand to a linter. */
function ownedBy(target: PlannedTarget): readonly string[] {
  const own = sourcePaths([target]);
  return target.kind === 'sqlc' ? own : [...own, target.target.sqlcSchema];
}

/** The given files as paths of the snapshot; null for all. */
async function givenSources(
  open: OpenProject,
  cwd: string,
  given: readonly string[],
  targets: readonly PlannedTarget[],
): Promise<ReadonlySet<string> | null> {
  if (given.length === 0) return null;
  const known = new Set(targets.flatMap(ownedBy));
  const paths = given.map(async (file) => {
    const path = await givenPath(open.repo, cwd, file);
    if (known.has(path) && open.snapshot.entries.has(path)) return path;
    throw new CheckError('not-a-source', `${file} is no schema, query or migration of a target`, {
      hint: 'dbcheck plan lists the targets; give files of theirs, or none for all',
    });
  });
  return new Set(await Promise.all(paths));
}
