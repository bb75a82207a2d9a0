import { readFile } from 'node:fs/promises';
import { nearestName } from '../config/nearest-name.ts';
import { CheckError } from '../errors.ts';
import { isRuleId, RULE_IDS, RULES } from '../rules/rules.ts';
import type { CommandResult, CommonOptions } from './options.ts';

/** From the built program as from its source, the package's folder is two up or one. */
const PAGES = ['../docs/rules/', '../../docs/rules/'];

/**
 * `dbcheck explain RULE`: prints the rule's page, which the package ships.
 *
 * @throws CheckError `unknown-rule` with the nearest name
 */
export async function explain(options: Pick<CommonOptions, 'format'>, rule: string): Promise<CommandResult> {
  if (!isRuleId(rule)) {
    const near = nearestName(rule, RULE_IDS);
    throw new CheckError('unknown-rule', `There is no rule ${rule}`, {
      hint: near === undefined ? 'dbcheck rules lists them' : `did you mean \`${near}\`?`,
    });
  }
  const page = await readPage(rule);
  if (options.format === 'pretty') return { exitCode: 0, stdout: page, stderr: '' };
  const { severity, summary } = RULES[rule];
  return {
    exitCode: 0,
    stdout: `${JSON.stringify({ rule, severity, summary, page }, null, 2)}\n`,
    stderr: '',
  };
}

async function readPage(rule: string): Promise<string> {
  for (const folder of PAGES) {
    const page = await readFile(new URL(`${folder}${rule}.md`, import.meta.url), 'utf8').catch(() => null);
    if (page !== null) return page;
  }
  throw new CheckError('page-missing', `The page of ${rule} is missing from this installation`, {
    hint: 'install dbcheck again',
  });
}
