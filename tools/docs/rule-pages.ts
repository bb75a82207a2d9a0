import { z } from 'zod';
import { ruleTable } from '../../src/commands/rules.ts';
import { LISTED_RULES } from '../../src/rules/listing.ts';
import type { BadExample, Example, RulePage } from '../../src/rules/page.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { RULES, type RuleId } from '../../src/rules/rules.ts';
import { schemaTable } from './schema-table.ts';

/** A rule's page as it stands beside the rule. */
export async function readRulePage(rule: RuleId): Promise<RulePage> {
  const { page }: { page: RulePage } = await import(
    new URL(`../../src/rules/${rule}.page.ts`, import.meta.url).href
  );
  return page;
}

/** The files of `docs/rules/` by their path in it: a page a rule, and a list. */
export async function rulePages(): Promise<ReadonlyMap<string, string>> {
  const pages = await Promise.all(
    LISTED_RULES.map(async (rule) => [`${rule}.md`, written(rule, await readRulePage(rule))] as const),
  );
  const list = `# Rules\n\n${ruleTable((rule) => `${rule}.md`)}\n`;
  return new Map([['README.md', list], ...pages]);
}

function written(id: RuleId, page: RulePage): string {
  const rule: Rule = RULES[id];
  const sections = [
    `# ${id}`,
    `${rule.summary} Severity: ${rule.severity}.`,
    page.wants,
    `## Why\n\n${page.why}`,
    `## Bad\n\n${shown(page.bad[0])}${found(page.bad[0])}`,
    `## Good\n\n${shown(page.good[0])}`,
    `## Options\n\n${optionsOf(id, rule)}`,
    `## Ignore\n\n${ignoring(id, page.bad[0])}`,
  ];
  return `${sections.join('\n\n')}\n`;
}

const LANGUAGES: Readonly<Record<string, string>> = {
  hcl: 'hcl',
  sql: 'sql',
  yaml: 'yaml',
  yml: 'yaml',
  go: 'go',
};

function shown({ files }: Example): string {
  return Object.entries(files)
    .map(([path, text]) => {
      const language = LANGUAGES[path.slice(path.lastIndexOf('.') + 1)] ?? 'text';
      return `\`${path}\`:\n\n\`\`\`${language}\n${text.replace(/^\n/, '').trimEnd()}\n\`\`\``;
    })
    .join('\n\n');
}

function found({ finds }: BadExample): string {
  if (finds === null) return '';
  const places = finds.map((place) => `\`${place}\``).join(', ');
  return `\n\nIt finds something at ${places}.`;
}

function optionsOf(id: RuleId, { options }: Rule): string {
  if (options === undefined) return 'None.';
  const table = schemaTable(JSON.stringify(z.toJSONSchema(options, { io: 'input' })));
  return `${table}\n\n\`\`\`yaml\nrules:\n  ${id}: [error, ${JSON.stringify(options.parse({}))}]\n\`\`\``;
}

function ignoring(id: RuleId, example: BadExample): string {
  const { files, finds } = example;
  const place =
    example.finds === null ? example.at : (example.finds[0]?.split(':')[0] ?? Object.keys(files)[0] ?? '');
  const entry = `\`\`\`yaml\nignore:\n  - rule: ${id}\n    path: ${place}\n    reason: why it is right here\n\`\`\``;
  const mark = { hcl: '#', sql: '--' }[place.slice(place.lastIndexOf('.') + 1)];
  // What is found about a whole file has no line, and no comment covers it.
  const comment =
    mark === undefined || finds?.[0]?.includes(':') !== true
      ? ''
      : `On the line before it:\n\n\`\`\`${LANGUAGES[place.slice(place.lastIndexOf('.') + 1)]}\n${mark} dbcheck-ignore ${id}: why it is right here\n\`\`\`\n\n`;
  return `${comment}In the configuration:\n\n${entry}`;
}
