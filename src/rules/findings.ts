import { createHash } from 'node:crypto';
import picomatch from 'picomatch';
import type { Project } from '../config/project.ts';
import { RULES, type RuleId } from './catalogue.ts';
import type { Finding, Observation, Severity } from './finding.ts';

/** Which findings can follow from which: from those of the same target, or of a target that it reads. */
interface Consequence {
  readonly rule: RuleId;
  readonly of: 'same' | 'read';
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
  const identified = kept.flatMap((observation) => {
    const severity = severityOf(observation.rule, project);
    return severity === 'off' ? [] : [{ observation, severity, id: idOf(observation) }];
  });
  const roots: { observation: Observation; id: string }[] = [];
  return identified.map(({ observation, severity, id }): Finding => {
    const { cause, ...said } = observation;
    const reason = causeOf(observation, roots, reads.get(observation.target) ?? []);
    if (reason !== undefined) return { ...said, id, severity, folded: true, because: reason };
    roots.push({ observation, id });
    return { ...said, id, severity, folded: false, because: cause };
  });
}

function causeOf(
  observation: Observation,
  roots: readonly { observation: Observation; id: string }[],
  reads: readonly string[],
): string | undefined {
  for (const { rule, of, causes } of CONSEQUENCES) {
    if (rule !== observation.rule) continue;
    const targets = of === 'same' ? [observation.target] : reads;
    const cause = roots.find(
      (root) => targets.includes(root.observation.target) && causes.includes(root.observation.rule),
    );
    if (cause !== undefined) return cause.id;
  }
  return undefined;
}

function severityOf(rule: RuleId, project: Pick<Project, 'rules'>): Severity | 'off' {
  return project.rules.get(rule)?.severity ?? RULES[rule];
}

function isIgnored(observation: Observation, project: Pick<Project, 'ignore'>): boolean {
  return project.ignore.some(
    ({ rule, path }) =>
      rule === observation.rule && picomatch.isMatch(observation.location.path, path, { dot: true }),
  );
}

function idOf({ rule, target, location }: Observation): string {
  const place = [location.path, location.line ?? '', location.column ?? ''].join(':');
  return createHash('sha256').update([rule, target, place].join('\0')).digest('hex').slice(0, 12);
}
