import type { Finding } from '../rules/finding.ts';
import type { CheckedTarget, Judgement, UncheckedTarget } from './judgement.ts';
import { printablePath } from './pretty-finding.ts';
import type { PrettyStyle } from './pretty-style.ts';
import { counted, printable, printableLine } from './printable.ts';

/** Which command's answer is told; it shapes the claim and the next step. */
export type ReportingCommand = 'staged' | 'check' | 'fix' | 'fmt' | 'lint';

/** What the summary says about the run besides the judgement itself. */
export interface RunFacts {
  readonly command: ReportingCommand;
  readonly elapsedMs: number;
  /** Whether git throws the judged index away when it refuses: that of `commit -a` and of `commit PATH`. */
  readonly indexIsPassing?: boolean | undefined;
  /** How many targets of how many the change concerns, and of how many the verdict was known already. */
  readonly affected?: { readonly targets: number; readonly of: number; readonly cached: number } | undefined;
  /** How many source files were read, where nothing was generated. */
  readonly files?: number | undefined;
  /** Whether `--fix` has mended what it can, so that it is no next step for what it left. */
  readonly isMended?: boolean | undefined;
}

const MAX_NAMES = 5;
/** Mends a hook, which git may not track, so that there is nothing to stage by hand. */
const INSTALL = 'dbcheck init';
/** Failures of the machine rather than of the commit: whoever meets them is stuck through no fault of their own. */
const NOBODYS_FAULT = /^(devdb-(?!invalid$)|program-killed$|internal)/;

/** The last lines of a report: what was not checked, the claim with its counts, what was checked, the next step. */
export function prettySummary(judgement: Judgement, run: RunFacts, style: PrettyStyle): readonly string[] {
  const unchecked = prettyUnchecked(judgement.notChecked, style);
  if (judgement.outcome === 'clean') return [...unchecked, ...cleanSummary(judgement, run, style)];
  const { colors } = style;
  const details = style.verbose ? verboseTargets(judgement.checked) : [];
  return [
    ...unchecked,
    `${colors.red('✖')} ${colors.bold(refusal(judgement, run.command))}`,
    ...(judgement.checked.length === 0 ? [] : [`  checked ${checkedText(judgement, run)}`]),
    ...prettySwitchedOff(judgement),
    ...details,
    ...nextStep(judgement, run).map((line) => `  ${line}`),
  ];
}

function cleanSummary(judgement: Judgement, run: RunFacts, style: PrettyStyle): readonly string[] {
  const { checked, notChecked, diagnostics } = judgement;
  const { colors } = style;
  if (checked.length === 0 && notChecked.length > 0) {
    const effect = run.command === 'staged' ? ': the commit passes unchecked' : '';
    return [`${colors.yellow('!')} ${colors.bold(`Nothing was checked${effect}`)}`];
  }
  if (style.quiet) return [];
  if (checked.length === 0) {
    if (run.command === 'staged' && !style.verbose) return [];
    return [
      `${colors.green('✔')} Nothing to check: ${scope(judgement, run)}, ${elapsed(run.elapsedMs)}`,
      // Who has just installed dbcheck means what is committed already.
      ...(run.command === 'fix' ? ['  the whole work tree: dbcheck fix'] : []),
    ];
  }
  const warnings = diagnostics.length === 0 ? '' : ` with ${counted(diagnostics.length, 'warning')}`;
  const names = listed(checked);
  const claim = `${cleanClaim(judgement, run.command)}${warnings}: ${targetCount(judgement, run)} (${names})`;
  return [
    `${colors.green('✔')} ${claim}, ${comparedText(checked, run)}`,
    ...prettySwitchedOff(judgement),
    ...(style.verbose ? verboseTargets(checked) : []),
    ...(run.command === 'lint' ? certainMends(diagnostics, run) : []).map((line) => `  ${line}`),
  ];
}

function prettySwitchedOff({ switchedOff }: Judgement): readonly string[] {
  return switchedOff.length === 0 ? [] : [`  switched off: ${switchedOff.map(printableLine).join(', ')}`];
}

function cleanClaim({ snapshot }: Judgement, command: ReportingCommand): string {
  if (command === 'fmt') return 'Every schema is formatted';
  if (command === 'lint') return 'Nothing found';
  const label = printableLine(snapshot?.label ?? 'everything generated');
  return `${label.charAt(0).toUpperCase()}${label.slice(1)} is fresh`;
}

function refusal({ outcome, diagnostics, errors }: Judgement, command: ReportingCommand): string {
  const prefix = command === 'staged' ? 'Commit blocked: ' : '';
  const counts = findingCounts(diagnostics);
  if (outcome === 'findings') return `${prefix}${counts}`;
  const claim = command === 'staged' ? 'dbcheck could not check it' : 'Could not check';
  const reasons = counted(errors.length, 'reason');
  return `${prefix}${claim} (${reasons} above)${diagnostics.length === 0 ? '' : `; found so far: ${counts}`}`;
}

function findingCounts(diagnostics: readonly Finding[]): string {
  const roots = diagnostics.filter(({ folded }) => !folded);
  const count = (severity: Finding['severity']) =>
    counted(roots.filter((finding) => finding.severity === severity).length, severity);
  const folded = diagnostics.length - roots.length;
  const more = folded === 0 ? '' : ` (${folded} more ${folded === 1 ? 'follows' : 'follow'})`;
  return `${count('error')}, ${count('warning')}${more}`;
}

function checkedText(judgement: Judgement, run: RunFacts): string {
  return `${scope(judgement, run)}, ${comparedText(judgement.checked, run)}`;
}

function scope(judgement: Judgement, run: RunFacts): string {
  const { snapshot } = judgement;
  const shortId = snapshot?.kind === 'index' ? ` (${snapshot.id.slice(0, 7)})` : '';
  const label = `${printableLine(snapshot?.label ?? 'the sources')}${shortId}`;
  return `${label}: ${targetCount(judgement, run)}`;
}

function targetCount({ checked }: Judgement, { affected }: RunFacts): string {
  if (affected === undefined) return counted(checked.length, 'target');
  return `${affected.targets} of ${counted(affected.of, 'target')} affected`;
}

function comparedText(checked: readonly CheckedTarget[], run: RunFacts): string {
  if (run.files !== undefined) return `${counted(run.files, 'file')} read, ${elapsed(run.elapsedMs)}`;
  const outputs = checked.reduce((sum, target) => sum + target.outputs, 0);
  const cached = run.affected?.cached ?? 0;
  const compared = `${counted(outputs, 'output')} compared${throughText(checked)}, ${elapsed(run.elapsedMs)}`;
  return cached === 0 ? compared : `${compared} (${cached} cached)`;
}

/** Which targets were planned on a server that stands in for their dialect's own. */
function throughText(checked: readonly CheckedTarget[]): string {
  const names = [...new Set(checked.flatMap(({ through }) => through ?? []))];
  return names
    .map((name) => {
      const targets = checked.filter(({ through }) => through === name);
      return `, ${counted(targets.length, 'target')} through ${printableLine(name)}`;
    })
    .join('');
}

function verboseTargets(checked: readonly CheckedTarget[]): readonly string[] {
  return checked.map(({ target, steps, outputs, through }) => {
    const made = steps.length === 0 ? 'removed' : steps.map(printableLine).join(', ');
    const server = through ? ` through ${printableLine(through)}` : '';
    return `  ${printablePath(target)}: ${made}${server}; ${counted(outputs, 'output')} compared`;
  });
}

function prettyUnchecked(notChecked: readonly UncheckedTarget[], { colors }: PrettyStyle): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { target, reason } of notChecked) {
    byReason.set(reason, [...(byReason.get(reason) ?? []), target]);
  }
  return [...byReason].flatMap(([reason, targets]) => {
    const [first = '', ...rest] = printable(reason).trimEnd().split('\n');
    const names = targets.map(printablePath).join(', ');
    const claim = `${colors.yellow(colors.bold('NOT CHECKED'))}: ${names}: ${first}`;
    return [claim, ...rest.map((line) => `  ${line}`)];
  });
}

function nextStep({ outcome, diagnostics, errors }: Judgement, run: RunFacts): readonly string[] {
  const { command, indexIsPassing } = run;
  if (outcome === 'error') {
    const stuck = command === 'staged' && errors.some(({ code }) => NOBODYS_FAULT.test(code));
    return stuck
      ? ['if it stays so: git commit --no-verify passes unchecked, and dbcheck check judges it later']
      : [];
  }
  if (command === 'lint') return certainMends(diagnostics, run);
  if (command !== 'staged' && command !== 'check') return [];
  const roots = diagnostics.filter(({ folded }) => !folded);
  const byHand = roots.filter(({ fix }) => fix === null || !fix.startsWith('dbcheck fix'));
  if (roots.length > 0 && roots.every(({ fix }) => fix === INSTALL)) {
    return [`next: ${INSTALL}, stage what it changes in the tree, and commit again`];
  }
  if (byHand.length === roots.length) {
    return ['next: mend the places above, stage them with git add, and commit again'];
  }
  const first = indexIsPassing === true ? 'git add what this commit takes (git drops that now), ' : '';
  const mend = command === 'staged' ? `${first}dbcheck fix --stage` : 'dbcheck fix';
  const then = command === 'staged' ? 'and commit again' : 'and commit what it writes';
  const people = counted(byHand.length, 'finding');
  return byHand.length === 0
    ? [`next: ${mend}, ${then}`]
    : [`next: ${mend}, mend the ${people} above that it leaves to you, ${then}`];
}

function certainMends(diagnostics: readonly Finding[], { isMended = false }: RunFacts): readonly string[] {
  if (isMended) return [];
  const certain = diagnostics.filter(({ edits }) => edits !== undefined).length;
  return certain === 0 ? [] : [`next: dbcheck lint --fix mends ${certain} of them`];
}

function listed(targets: readonly CheckedTarget[]): string {
  const shown = targets.slice(0, MAX_NAMES).map(targetName).join(', ');
  return targets.length > MAX_NAMES ? `${shown} and ${targets.length - MAX_NAMES} more` : shown;
}

/** A target without a step is one whose schema or configuration is gone. */
function targetName({ target, steps }: CheckedTarget): string {
  return steps.length === 0 ? `${printablePath(target)}, removed` : printablePath(target);
}

function elapsed(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`;
}
