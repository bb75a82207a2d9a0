import { expect, it } from 'vitest';
import { run } from '../../../src/process/run.ts';
import { RULE_IDS } from '../../../src/rules/rules.ts';
import { CLI } from '../shop.ts';

async function dbcheck(...args: readonly string[]) {
  // Neither needs a repository.
  const { exitCode, stdout } = await run(process.execPath, [CLI, ...args], { cwd: '/', env: process.env });
  return { exitCode, stdout: stdout.toString() };
}

it('rules lists every rule, for people, programs and documents', async () => {
  const pretty = await dbcheck('rules');
  const markdown = await dbcheck('rules', '--format', 'md');
  const { exitCode, stdout } = await dbcheck('rules', '--format', 'json');
  expect(exitCode).toBe(0);
  const listed: { rule: string; severity: string; summary: string }[] = JSON.parse(stdout);
  expect(listed.map(({ rule }) => rule).toSorted()).toEqual(RULE_IDS.toSorted());
  for (const { rule, severity, summary } of listed) {
    expect(pretty.stdout).toMatch(new RegExp(`^${rule} +${severity} +`, 'm'));
    expect(pretty.stdout).toContain(summary);
    expect(markdown.stdout).toContain(`| \`${rule}\` | ${severity} | `);
  }
});

it('explain prints the page of a rule', async () => {
  const { exitCode, stdout } = await dbcheck('explain', 'migration/stale');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^# migration\/stale\n/);
  for (const section of ['Why', 'Bad', 'Good', 'Options', 'Ignore'])
    expect(stdout).toContain(`\n## ${section}\n`);
});

it('explain takes the name of a rule without its family for the rule that is meant', async () => {
  const { exitCode, stdout } = await dbcheck('explain', 'index-name');
  expect(exitCode).toBe(2);
  expect(stdout).toContain('did you mean `schema/index-name`?');
});

it('explain refuses a rule that there is none of, with the nearest name', async () => {
  const { exitCode, stdout } = await dbcheck('explain', 'migration/stail');
  expect(exitCode).toBe(2);
  expect(stdout).toContain('error[unknown-rule]: There is no rule migration/stail');
  expect(stdout).toContain('did you mean `migration/stale`?');
});
