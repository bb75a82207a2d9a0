import { createHash } from 'node:crypto';
import type { Project } from '../config/project.ts';
import type { Finding, Observation } from './finding.ts';
import { ignores } from './ignoring.ts';
import { RULES, type RuleId } from './rules.ts';
import type { Severity } from './severity.ts';

/** Which findings can follow from which: from those of the same target, about the same file, or of a target that it reads. */
interface Consequence {
  readonly rule: RuleId;
  readonly of: 'same' | 'file' | 'read';
  readonly causes: readonly RuleId[];
}

const PLAN_DIFFERS: readonly RuleId[] = ['migration/stale', 'migration/missing'];

/** The first row with a cause wins. Missing, orphan, collision, hand-edited and duplicate findings stand for themselves. */
const CONSEQUENCES: readonly Consequence[] = [
  {
    rule: 'migration/checksum-mismatch',
    of: 'same',
    causes: [...PLAN_DIFFERS, 'migration/multiple-baselines'],
  },
  { rule: 'migration/duplicate-version', of: 'same', causes: ['migration/multiple-baselines'] },
  { rule: 'migration/file-name', of: 'same', causes: ['migration/multiple-baselines'] },
  { rule: 'migration/file-name', of: 'file', causes: ['migration/unexpected-file', 'migration/orphan'] },
  {
    rule: 'migration/empty',
    of: 'file',
    causes: ['migration/stale', 'migration/multiple-baselines', 'migration/orphan'],
  },
  { rule: 'schema/invalid', of: 'read', causes: ['parity/shared-object'] },
  { rule: 'generated/stale', of: 'same', causes: PLAN_DIFFERS },
  { rule: 'generated/stale', of: 'read', causes: [...PLAN_DIFFERS, 'generated/stale', 'generated/missing'] },
  { rule: 'generated/stale', of: 'read', causes: ['parity/shared-object'] },
  { rule: 'generated/stale', of: 'same', causes: ['parity/shared-object'] },
  {
    rule: 'generated/stale',
    of: 'same',
    causes: ['generated/tool-version', 'generated/missing', 'generated/orphan'],
  },
  { rule: 'generated/stale', of: 'same', causes: ['generated/stale'] },
];

/**
 * Turns what the rules saw into findings: with the configured severities, without what is switched off or ignored,
 * and with each consequence folded under its cause.
 *
 * @param observations in the order of the rules, causes before effects
 * @param reads the ids of the targets that a target reads, by its id
 */
export function toFindings(
  observations: readonly Observation[],
  reads: ReadonlyMap<string, readonly string[]>,
  project: Pick<Project, 'rules' | 'ignore'>,
): readonly Finding[] {
  const kept = observations.filter((observation) => !isIgnored(observation, project));
  const seen = new Map<string, number>();
  const identified = kept.flatMap((observation): IdentifiedObservation[] => {
    const severity = severityOf(observation.rule, project);
    if (severity === 'off') return [];
    const key = placeKey(observation);
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    return [{ observation, severity, id: idOf(key, ordinal) }];
  });
  const roots: IdentifiedObservation[] = [];
  return identified.map((found): Finding => {
    const { observation, severity, id } = found;
    const { cause, name: _, ...said } = observation;
    const reason = causeOf(found, roots, reads.get(observation.target) ?? []);
    if (reason !== undefined) return { ...said, id, severity, folded: true, because: reason };
    roots.push(found);
    return { ...said, id, severity, folded: false, because: cause };
  });
}

/**
 * The paths at which all that the rules saw is switched off or ignored: what stands there is accepted as it is, and
 * nobody is to write it anew.
 */
export function acceptedPaths(
  observations: readonly Observation[],
  project: Pick<Project, 'rules' | 'ignore'>,
): ReadonlySet<string> {
  const isAccepted = (observation: Observation): boolean =>
    severityOf(observation.rule, project) === 'off' || isIgnored(observation, project);
  const accepted = new Set(observations.filter(isAccepted).map(({ location }) => location.path));
  for (const observation of observations) {
    if (!isAccepted(observation)) accepted.delete(observation.location.path);
  }
  return accepted;
}

/** Whether anything is made of what a rule saw: where it is off, an entry of `ignore` about that rule is idle without it. */
export function isHeeded({ rule }: Observation, project: Pick<Project, 'rules' | 'ignore'>): boolean {
  return severityOf(rule, project) !== 'off' || project.ignore.some((entry) => entry.rule === rule);
}

interface IdentifiedObservation {
  readonly observation: Observation;
  readonly severity: Severity;
  readonly id: string;
}

/** An error never folds under a warning: what blocks a commit would be a line below something that does not. */
function causeOf(
  { observation, severity }: IdentifiedObservation,
  roots: readonly IdentifiedObservation[],
  reads: readonly string[],
): string | undefined {
  for (const { rule, of, causes } of CONSEQUENCES) {
    if (rule !== observation.rule) continue;
    const targets = of === 'read' ? reads : [observation.target];
    const cause = roots.find(
      (root) =>
        targets.includes(root.observation.target) &&
        (of !== 'file' || root.observation.location.path === observation.location.path) &&
        causes.includes(root.observation.rule) &&
        (root.severity === 'error' || severity === 'warning'),
    );
    if (cause !== undefined) return cause.id;
  }
  return undefined;
}

function severityOf(rule: RuleId, project: Pick<Project, 'rules'>): Severity | 'off' {
  return project.rules.get(rule)?.severity ?? RULES[rule].severity;
}

function isIgnored(observation: Observation, project: Pick<Project, 'ignore'>): boolean {
  return project.ignore.some((entry) => ignores(entry, observation));
}

function placeKey({ rule, target, location }: Observation): string {
  const place = [location.path, location.line ?? '', location.column ?? ''].join(':');
  return [rule, target, place].join('\0');
}

/** @param ordinal counts the findings of one rule and target at one place, from 0 */
function idOf(key: string, ordinal: number): string {
  const text = ordinal === 0 ? key : `${key}\0${ordinal}`;
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
