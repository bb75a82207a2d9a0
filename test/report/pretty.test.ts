import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Judgement } from '../../src/report/judgement.ts';
import { type PrettyOptions, reportPretty } from '../../src/report/pretty.ts';
import { clean, invalidQuery, judgement, staleBaseline, staleCode, staleSqlcSchema } from './samples.ts';

const options: PrettyOptions = {
  color: false,
  quiet: false,
  verbose: false,
  command: 'staged',
  elapsedMs: 1234,
  affected: { targets: 2, of: 9, cached: 1 },
};
const report = (changes: Partial<Judgement>, more: Partial<PrettyOptions> = {}) =>
  reportPretty({ ...judgement, ...changes }, { ...options, ...more });

describe('a refused commit', () => {
  it('tells claim, place, excerpt, cause, mend and what follows, by target, and last the summary', () => {
    expect(report({})).toBe(`postgres/keygen
error[migration/stale]: the baseline of postgres/keygen does not match the staged schema
  --> tools/atlas/migrations/postgres/keygen/1_initial.sql:14
   |
14 | -  "wallet_type" varchar(50),
   | +  "wallet_type" varchar(64),
   = because: tools/atlas/schemas/postgres/keygen.hcl:31 is staged, this file is not
   = fix:     dbcheck fix --stage --target postgres/keygen
   = help:    dbcheck explain migration/stale
   = and 2 files that follow from it: tools/sqlc/schemas/postgres/keygen.sql, internal/db/models.go

postgres/sign
error[query/invalid]: column "walet" does not exist
  --> tools/sqlc/queries/postgres/sign.sql:3:8
   = because: the query names a column that the schema does not have
   = help:    dbcheck explain query/invalid

✖ Commit blocked: 2 errors, 0 warnings (2 more follow)
  checked the index (7a62068): 2 of 9 targets affected, 41 outputs compared, 1.2 s (1 cached)
  next: dbcheck fix --stage, mend the 1 finding above that it leaves to you, and commit again
`);
  });

  it('suggests fix --stage wherever it mends something, else says what to do', () => {
    expect(report({ diagnostics: [staleBaseline] })).toContain(
      '\n  next: dbcheck fix --stage, and commit again\n',
    );
    expect(report({ diagnostics: [invalidQuery] })).toContain(
      '\n  next: mend the places above, stage them with git add, and commit again\n',
    );
    const inCi = report({ diagnostics: [staleBaseline] }, { command: 'check' });
    expect(inCi).toContain('✖ 1 error, 0 warnings\n');
    expect(inCi).toContain('\n  next: dbcheck fix, and commit what it writes\n');
  });

  it('has no heading where there is one target, and groups by the order of the targets', () => {
    expect(report({ diagnostics: [staleBaseline] })).toMatch(/^error\[migration\/stale]/);
    const mixed = report({
      diagnostics: [invalidQuery, staleBaseline, { ...invalidQuery, id: '5e5e5e5e5e5e' }],
    });
    expect(mixed.match(/^(postgres\/\w+|error\[\S+)/gm)).toEqual([
      'postgres/keygen',
      'error[migration/stale]:',
      'postgres/sign',
      'error[query/invalid]:',
      'error[query/invalid]:',
    ]);
  });

  it('never loses a folded finding whose cause is not there', () => {
    const lost = report({ diagnostics: [staleCode] });
    expect(lost).toContain('error[generated/stale]: models.go is stale\n  --> internal/db/models.go:9\n');
    expect(lost).toContain('= because: it follows from finding 2b2b2b2b2b2b\n');
    const circle = { ...staleSqlcSchema, because: staleCode.id };
    expect(report({ diagnostics: [staleCode, circle] }).match(/^error\[/gm)).toHaveLength(2);
  });

  it('names three followers and counts the others, all of them with --verbose', () => {
    const followers = Array.from({ length: 5 }, (_, index) => ({
      ...staleSqlcSchema,
      id: `00000000000${index}`,
      location: { path: `db/${index}.go`, line: null, column: null },
    }));
    const diagnostics = [staleBaseline, ...followers];
    expect(report({ diagnostics })).toContain(
      '= and 5 files that follow from it: db/0.go, db/1.go, db/2.go, … 2 more (--verbose)\n',
    );
    expect(report({ diagnostics }, { verbose: true })).toContain('db/2.go, db/3.go, db/4.go\n');
    expect(report({ diagnostics: diagnostics.slice(0, 2) })).toContain(
      '= and 1 file that follows from it: db/0.go\n',
    );
  });
});

describe('an excerpt', () => {
  const hunk = (start: number, lines: number) =>
    `@@ -${start},${lines} +${start},${lines} @@\n${Array.from({ length: lines }, (_, i) => `-old ${i}\n`).join('')}`;
  const shown = (diff: string, more: Partial<PrettyOptions> = {}) =>
    report({ diagnostics: [{ ...staleBaseline, diff }] }, more);

  it('has three hunks at most', () => {
    const text = shown([1, 10, 20, 30].map((start) => hunk(start, 2)).join(''));
    expect(text).toContain('20 | -old 0\n21 | -old 1\n   |    … 1 more hunk (--verbose)\n');
    expect(text).not.toContain('30 |');
  });

  it('has twenty lines at most, and no half of a later hunk', () => {
    expect(shown(hunk(1, 26))).toContain('20 | -old 19\n   |    … 6 more lines (--verbose)\n');
    const second = shown(hunk(1, 12) + hunk(50, 12));
    expect(second).toContain('12 | -old 11\n   |    … 1 more hunk (--verbose)\n');
  });

  it('is whole with --verbose and absent with --quiet', () => {
    const diff = hunk(1, 12) + hunk(150, 12);
    expect(shown(diff, { verbose: true })).toContain(' 12 | -old 11\n    | …\n150 | -old 0\n');
    expect(shown(diff, { quiet: true })).not.toContain('old');
  });

  it('numbers the lines of a new file, and shows words as they are', () => {
    expect(shown('@@ -0,0 +1,2 @@\n+a\n+b\n')).toContain('   |\n 1 | +a\n 2 | +b\n');
    expect(shown('only the line ends differ')).toContain('   |\n   | only the line ends differ\n');
  });

  it('cuts long lines around the difference', () => {
    const [start, end] = ['x'.repeat(500), 'y'.repeat(500)];
    const text = shown(`@@ -1,1 +1,1 @@\n-${start}OLD${end}\n+${start}NEW${end}\n`);
    expect(text).toContain(` 1 | -…${'x'.repeat(40)}OLDyyy`);
    expect(text).toContain(`   | +…${'x'.repeat(40)}NEWyyy`);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(165);
    expect(shown(`@@ -1,1 +1,0 @@\n-${start}\n`)).toContain(`-${'x'.repeat(158)}…\n`);
  });
});

describe('text that is not ours', () => {
  it('never reaches the terminal raw', () => {
    const hostile = '\x1b[2J\u202e\r';
    const finding = {
      ...staleBaseline,
      target: `t${hostile}`,
      message: `m${hostile}\nsecond`,
      because: `b${hostile}`,
      fix: `dbcheck fix ${hostile}`,
      location: { path: `p${hostile}\n.sql`, line: 1, column: null },
      diff: `@@ -1,1 +1,1 @@\n-${hostile}\n`,
    };
    const text = report({
      outcome: 'error',
      diagnostics: [finding, { ...staleSqlcSchema, location: finding.location }, invalidQuery],
      checked: [{ target: `c${hostile}`, steps: [hostile], outputs: 1 }],
      notChecked: [{ target: hostile, reason: `postgres://u:s3cret@h ${hostile}` }],
      errors: [
        { code: 'x', message: hostile, location: finding.location, hint: `postgres://u:s3cret@h${hostile}` },
      ],
      snapshot: { kind: 'commit', id: 'a', label: hostile },
    });
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/u);
    expect(text).not.toContain('s3cret');
    expect(text).toContain('\n   | second\n');
  });

  it('is the same text with colour', () => {
    const coloured = report({ notChecked: [{ target: 'a', reason: 'b' }] }, { color: true });
    expect(coloured).not.toBe(stripVTControlCharacters(coloured));
    expect(stripVTControlCharacters(coloured)).toBe(report({ notChecked: [{ target: 'a', reason: 'b' }] }));
  });
});

describe('a clean run', () => {
  it('is one line', () => {
    expect(reportPretty(clean, options)).toBe(
      '✔ The index is fresh: 2 of 9 targets affected (postgres/keygen, postgres/sign), 41 outputs compared, 1.2 s (1 cached)\n',
    );
    const many = Array.from({ length: 50 }, (_, index) => ({
      target: `db/${index}.yml`,
      steps: ['sqlc'],
      outputs: 3,
    }));
    expect(
      reportPretty({ ...clean, checked: many }, { ...options, affected: undefined, elapsedMs: 40 }),
    ).toBe(
      '✔ The index is fresh: 50 targets (db/0.yml, db/1.yml, db/2.yml, db/3.yml, db/4.yml and 45 more), 150 outputs compared, 40 ms\n',
    );
  });

  it('says which targets went through a server that stands in for their own', () => {
    const [first, ...others] = clean.checked;
    if (first === undefined) throw new Error('the sample checked nothing');
    const through = { ...clean, checked: [{ ...first, through: 'MariaDB 10.11.6' }, ...others] };
    expect(reportPretty(through, options)).toContain(
      '41 outputs compared, 1 target through MariaDB 10.11.6, 1.2 s',
    );
    expect(reportPretty(through, { ...options, verbose: true })).toContain(
      '\n  postgres/keygen: plan, extract, sqlc through MariaDB 10.11.6; 12 outputs compared\n',
    );
  });

  it('says what is switched off, whether it found something or not', () => {
    const off = { ...clean, switchedOff: ['the step extract', 'generated/unclaimed'] };
    const line = '\n  switched off: the step extract, generated/unclaimed\n';
    expect(reportPretty(off, options)).toContain(line);
    expect(reportPretty({ ...off, outcome: 'findings' }, options)).toContain(line);
    expect(reportPretty(clean, options)).not.toContain('switched off');
  });

  it('is silent with --quiet, and in a hook that the change does not concern', () => {
    const untouched = { ...clean, checked: [] };
    const none = { targets: 0, of: 9, cached: 0 };
    expect(reportPretty(clean, { ...options, quiet: true })).toBe('');
    expect(reportPretty(untouched, { ...options, affected: none })).toBe('');
    expect(reportPretty(untouched, { ...options, affected: none, command: 'check' })).toBe(
      '✔ Nothing to check: the index (7a62068): 0 of 9 targets affected, 1.2 s\n',
    );
    expect(reportPretty(untouched, { ...options, affected: none, command: 'fix' })).toBe(
      '✔ Nothing to check: the index (7a62068): 0 of 9 targets affected, 1.2 s\n  the whole work tree: dbcheck fix\n',
    );
  });

  it('tells warnings, and each target with --verbose', () => {
    const warned = { ...clean, diagnostics: [{ ...staleBaseline, severity: 'warning' as const }] };
    expect(reportPretty(warned, options)).toContain('✔ The index is fresh with 1 warning: ');
    expect(reportPretty(warned, options)).toMatch(/^warning\[migration\/stale]/);
    expect(reportPretty(warned, { ...options, quiet: true })).toBe('');
    expect(reportPretty(clean, { ...options, verbose: true })).toContain(
      '\n  postgres/keygen: plan, extract, sqlc; 12 outputs compared\n',
    );
  });

  it('says loudly what was not checked, also with --quiet', () => {
    const notChecked = ['postgres/keygen', 'postgres/sign'].map((target) => ({
      target,
      reason: 'no Postgres to be had',
    }));
    const expected =
      'NOT CHECKED: postgres/keygen, postgres/sign: no Postgres to be had\n! Nothing was checked: the commit passes unchecked\n';
    expect(reportPretty({ ...clean, checked: [], notChecked }, options)).toBe(expected);
    expect(reportPretty({ ...clean, checked: [], notChecked }, { ...options, quiet: true })).toBe(expected);
    const long = [{ target: 'a', reason: 'the server died:\nits log' }];
    expect(reportPretty({ ...clean, notChecked: long }, options)).toContain(
      'NOT CHECKED: a: the server died:\n  its log\n',
    );
    expect(reportPretty({ ...clean, notChecked }, options)).toMatch(/^NOT CHECKED: .*\n✔ The index is fresh/);
  });
});

describe('a run that could not check', () => {
  it('tells each reason with its place and the next step, and mends are no matter', () => {
    const errors = [
      {
        code: 'tool-missing',
        message: 'atlas is not to be found',
        location: { path: 'dbcheck.config.yaml', line: 3, column: 5 },
        hint: 'dbcheck tools',
      },
    ];
    expect(
      report({ outcome: 'error', diagnostics: [], checked: [], errors }),
    ).toBe(`error[tool-missing]: atlas is not to be found
  --> dbcheck.config.yaml:3:5
   = next:    dbcheck tools

✖ Commit blocked: dbcheck could not check it (1 reason above)
`);
    expect(
      report({ outcome: 'error', errors, diagnostics: [staleBaseline] }, { command: 'check' }),
    ).toContain('\n✖ Could not check (1 reason above); found so far: 1 error, 0 warnings\n');
  });

  it('mentions --no-verify only to who is stuck through no fault of their own', () => {
    const failed = (code: string, command: 'staged' | 'check') =>
      report({ outcome: 'error', errors: [{ code, message: 'm', location: null, hint: null }] }, { command });
    expect(failed('devdb-unreachable', 'staged')).toContain('git commit --no-verify');
    expect(failed('devdb-unreachable', 'check')).not.toContain('--no-verify');
    expect(failed('config-invalid', 'staged')).not.toContain('--no-verify');
    expect(failed('devdb-invalid', 'staged')).not.toContain('--no-verify');
  });
});
