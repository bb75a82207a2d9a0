import { describe, expect, it } from 'vitest';
import type { Project, RuleSetting } from '../../src/config/project.ts';
import type { Observation } from '../../src/rules/finding.ts';
import { acceptedPaths, isHeeded, toFindings } from '../../src/rules/findings.ts';
import type { RuleId } from '../../src/rules/rules.ts';

type Settings = Pick<Project, 'rules' | 'ignore'>;

const SQLC = 'sqlc.yml';
const READS = new Map([
  [SQLC, ['postgres/a']],
  ['postgres/a', []],
]);

function saw(rule: RuleId, target: string, path: string, line: number | null = null): Observation {
  return {
    ...{ rule, target, message: `${rule} in ${path}`, cause: 'because it is so' },
    location: { path, line, column: line === null ? null : 1 },
    ...{ diff: null, fix: null },
  };
}

function settings(...severities: readonly (readonly [RuleId, RuleSetting['severity']])[]): Settings {
  return {
    rules: new Map(severities.map(([rule, severity]) => [rule, { severity, options: {} }])),
    ignore: [],
  };
}

function ignoring(rule: RuleId, path: string): Settings {
  return { ...settings(), ignore: [{ rule, path, name: null, reason: 'known', place: { path: 'c' } }] };
}

function find(observations: readonly Observation[], project = settings()) {
  return toFindings(observations, READS, project);
}

const CHAIN = [
  saw('migration/stale', 'postgres/a', 'm/1.sql', 3),
  saw('migration/checksum-mismatch', 'postgres/a', 'm/atlas.sum', 1),
  saw('generated/stale', 'postgres/a', 'a.sql', 3),
  saw('generated/stale', SQLC, 'models.go', 9),
];

describe('toFindings', () => {
  it('folds what follows from a stale baseline under it, across targets', () => {
    const [root, ...others] = find(CHAIN);
    expect(root).toMatchObject({ folded: false, because: 'because it is so' });
    expect(others.map(({ folded, because }) => [folded, because])).toEqual(
      others.map(() => [true, root?.id]),
    );
  });

  it('folds only under what is said: not under a rule that is off, nor under what is ignored', () => {
    const roots = (project: Settings) =>
      find(CHAIN, project).flatMap(({ folded, rule }) => (folded ? [] : [rule]));
    expect(roots(settings(['migration/stale', 'off']))).toEqual([
      'migration/checksum-mismatch',
      'generated/stale',
    ]);
    expect(roots(ignoring('migration/stale', 'm/*'))).toEqual([
      'migration/checksum-mismatch',
      'generated/stale',
    ]);
  });

  it('folds no error under a warning, which a quiet report would not show', () => {
    const found = find(CHAIN, settings(['migration/stale', 'warning']));
    expect(found.filter(({ folded }) => !folded).map(({ rule, severity }) => [rule, severity])).toEqual([
      ['migration/stale', 'warning'],
      ['migration/checksum-mismatch', 'error'],
      ['generated/stale', 'error'],
    ]);
  });

  it('folds a warning under an error and under a warning', () => {
    const warned = settings(['generated/stale', 'warning']);
    expect(find(CHAIN, warned).map(({ folded }) => folded)).toEqual([false, true, true, true]);
    const all = settings(['generated/stale', 'warning'], ['migration/stale', 'warning']);
    expect(find(CHAIN, all).map(({ folded }) => folded)).toEqual([false, false, true, true]);
  });

  it('never folds what is missing, left behind, colliding, edited by hand or there twice', () => {
    const standing: RuleId[] = [
      ...(['generated/missing', 'generated/orphan', 'generated/output-collision'] as const),
      ...(['generated/hand-edited', 'query/duplicate-name', 'migration/multiple-baselines'] as const),
    ];
    const found = find([...CHAIN.slice(0, 1), ...standing.map((rule) => saw(rule, 'postgres/a', rule))]);
    expect(found.map(({ folded }) => folded)).toEqual([false, ...standing.map(() => false)]);
  });

  it('does not fold across databases that have nothing to do with each other', () => {
    const found = find([CHAIN[0], saw('generated/stale', 'postgres/b', 'b.sql')].flatMap((one) => one ?? []));
    expect(found.map(({ folded }) => folded)).toEqual([false, false]);
  });

  it('gives every finding an id of its own, the same in every run', () => {
    const twice = [
      saw('schema/invalid', 'postgres/a', 'a.hcl', 1),
      saw('schema/invalid', 'postgres/a', 'a.hcl', 1),
    ];
    const ids = find([...CHAIN, ...twice]).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(find([...CHAIN, ...twice]).map(({ id }) => id)).toEqual(ids);
    expect(ids.every((id) => /^[0-9a-f]{12}$/.test(id))).toBe(true);
    const changedWords = CHAIN.map((one) => ({ ...one, message: 'other words', cause: 'other' }));
    expect(find(changedWords).map(({ id }) => id)).toEqual(ids.slice(0, CHAIN.length));
  });

  it('ignores by rule and glob, hidden folders included, and nothing else', () => {
    const here = [
      saw('generated/stale', 'postgres/a', '.gen/x/a.go'),
      saw('generated/orphan', 'postgres/a', '.gen/x/a.go'),
    ];
    const left = (path: string) => find(here, ignoring('generated/stale', path)).map(({ rule }) => rule);
    expect(left('**/*.go')).toEqual(['generated/orphan']);
    expect(left('*.go')).toEqual(['generated/stale', 'generated/orphan']);
  });
});

describe('acceptedPaths', () => {
  const seen = [
    saw('generated/stale', SQLC, 'a.go'),
    saw('generated/tool-version', SQLC, 'a.go', 3),
    saw('generated/stale', SQLC, 'b.go'),
  ];
  const accepted = (project: Settings) => [...acceptedPaths(seen, project)].sort();

  it('knows the places where all that was seen is off or ignored', () => {
    expect(accepted(settings())).toEqual([]);
    expect(accepted(ignoring('generated/stale', 'b.go'))).toEqual(['b.go']);
    expect(accepted(settings(['generated/stale', 'off']))).toEqual(['b.go']);
    expect(accepted(settings(['generated/stale', 'off'], ['generated/tool-version', 'off']))).toEqual([
      'a.go',
      'b.go',
    ]);
  });

  it('does not take a warning for an acceptance', () => {
    expect(accepted(settings(['generated/stale', 'warning']))).toEqual([]);
  });
});

describe('isHeeded', () => {
  const seen = saw('schema/missing-comment', 'postgres/a', 'a.hcl');

  it('leaves out what is off, unless an entry of `ignore` could be about it', () => {
    expect(isHeeded(seen, settings())).toBe(false);
    expect(isHeeded(seen, settings(['schema/missing-comment', 'warning']))).toBe(true);
    expect(isHeeded(seen, ignoring('schema/missing-comment', 'b.hcl'))).toBe(true);
    expect(isHeeded(saw('generated/stale', SQLC, 'a.go'), settings())).toBe(true);
  });
});
