import { expect, it } from 'vitest';
import type { Judgement } from '../../src/report/judgement.ts';
import { reportPretty } from '../../src/report/pretty.ts';

const REFUSED: Judgement = {
  outcome: 'findings',
  snapshot: { kind: 'index', id: 'a'.repeat(64), label: 'the index' },
  checked: [{ target: 'postgres/app', steps: ['plan'], outputs: 2, through: null }],
  notChecked: [],
  switchedOff: [],
  diagnostics: [
    {
      id: '0123456789ab',
      rule: 'migration/stale',
      severity: 'error',
      message: 'the postgres/app baseline does not match the schema',
      target: 'postgres/app',
      location: { path: 'a.sql', line: 1, column: 1 },
      because: 'app.hcl changed; this file did not',
      folded: false,
      diff: null,
      fix: 'dbcheck fix --stage',
    },
  ],
  errors: [],
};
const OPTIONS = { color: false, quiet: false, verbose: false, command: 'staged', elapsedMs: 1 } as const;

it.each([
  [false, 'next: dbcheck fix --stage, and commit again'],
  [true, 'next: git add what this commit takes (git drops that now), dbcheck fix --stage, and commit again'],
])('says how to come back where git drops the index (%s)', (indexIsPassing, next) => {
  expect(reportPretty(REFUSED, { ...OPTIONS, indexIsPassing })).toContain(next);
});

it('is the installation where only a hook is out of date', () => {
  const [stale] = REFUSED.diagnostics;
  if (stale === undefined) throw new Error('there is nothing to mend');
  const diagnostics = [{ ...stale, rule: 'config/guard-stale' as const, fix: 'dbcheck init' }];
  expect(reportPretty({ ...REFUSED, diagnostics }, OPTIONS)).toContain(
    'next: dbcheck init, stage what it changes in the tree, and commit again',
  );
});
