import { LISTED_RULES } from '../rules/listing.ts';
import { RULES } from '../rules/rules.ts';
import type { CommandResult } from './options.ts';

export type RulesFormat = 'pretty' | 'json' | 'md';

/** `dbcheck rules`: lists every rule with the severity that it has where the configuration says nothing. */
export function rules(format: RulesFormat): CommandResult {
  return { exitCode: 0, stdout: LISTINGS[format](), stderr: '' };
}

const LISTINGS: Readonly<Record<RulesFormat, () => string>> = {
  pretty: () => {
    const width = Math.max(...LISTED_RULES.map((rule) => rule.length));
    const lines = LISTED_RULES.map((rule) => {
      const { severity, summary } = RULES[rule];
      return `${rule.padEnd(width)}  ${severity.padEnd('warning'.length)}  ${summary}\n`;
    });
    return [...lines, '\ndbcheck explain RULE prints the page of one.\n'].join('');
  },
  json: () => {
    const listed = LISTED_RULES.map((rule) => {
      const { severity, summary } = RULES[rule];
      return { rule, severity, summary };
    });
    return `${JSON.stringify(listed, null, 2)}\n`;
  },
  md: () => `${ruleTable()}\n`,
};

/**
 * Every rule as a row of a Markdown table.
 *
 * @param link what a rule's name leads to; without it names lead nowhere
 */
export function ruleTable(link?: (rule: string) => string): string {
  const rows = LISTED_RULES.map((rule) => {
    const { severity, summary } = RULES[rule];
    const name = link === undefined ? `\`${rule}\`` : `[\`${rule}\`](${link(rule)})`;
    return `| ${name} | ${severity} | ${summary.replaceAll('|', '\\|')} |`;
  });
  return ['| rule | severity | what it finds |', '|---|---|---|', ...rows].join('\n');
}
