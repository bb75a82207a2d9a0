import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/process/run.ts';
import { reportDefinition } from '../../src/report/json-definition.ts';
import { RULE_IDS } from '../../src/rules/rules.ts';
import { withFreshRegions } from '../../tools/docs/regions.ts';
import { readRulePage, rulePages } from '../../tools/docs/rule-pages.ts';
import { codeBlocks, DOCUMENTS, projectPath, readDocument } from './markdown.ts';

describe('the documents', () => {
  it.each(DOCUMENTS)('%s has fresh regions: else npm run docs', async (path) => {
    const document = await readDocument(path);
    expect(document).toBe(withFreshRegions(document));
  });

  it.each(DOCUMENTS)('%s links to files that are there', async (path) => {
    const links = [...(await readDocument(path)).matchAll(/\]\(([^)#:]+)(#[^)]*)?\)/g)];
    const broken = links
      .map(([, target = '']) => posix.join(posix.dirname(path), target))
      .filter((target) => !existsSync(projectPath(target)));
    expect(broken).toEqual([]);
  });

  it('refuses a region that nothing makes', () => {
    const document = '<!-- nothing: made by `npm run docs` -->\n<!-- end -->\n';
    expect(() => withFreshRegions(document)).toThrow('nothing makes the region "nothing"');
  });

  it('docs/rules has a fresh page for each rule and no other: else npm run docs', async () => {
    const folder = projectPath('docs/rules');
    const written = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.md'));
    const texts = written.map(async (path) => [path, await readDocument(`docs/rules/${path}`)] as const);
    expect(new Map(await Promise.all(texts))).toEqual(await rulePages());
  });

  it('docs/rules tells of comments where a finding has a line that one can stand before', async () => {
    const pages = await rulePages();
    for (const rule of RULE_IDS) {
      const [{ finds }] = (await readRulePage(rule)).bad;
      if (finds === null || finds.every((place) => place.includes(':'))) continue;
      expect([rule, pages.get(`${rule}.md`)?.includes('dbcheck-ignore')]).toEqual([rule, false]);
    }
  });

  it('README.md has the two commands for a fresh clone', async () => {
    const commands = codeBlocks(await readDocument('README.md'), 'sh').map((block) => block.trim());
    expect(commands).toContain('npm ci && npm run demo');
    expect(commands).toContain('npm ci && npm test');
  });

  it('README.md lists every command of the program, and no other', async () => {
    const cli = projectPath('dist/cli.js');
    const help = await run(process.execPath, [cli, '--help'], { cwd: projectPath('.'), env: process.env });
    const commands = help.stdout.toString().split('Commands:')[1] ?? '';
    const built = [...commands.matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name);
    const written = [...(await readDocument('README.md')).matchAll(/^\| `dbcheck ([a-z]+)/gm)];
    expect(written.map(([, name]) => name).toSorted()).toEqual(
      built.filter((name) => name !== 'help').toSorted(),
    );
  });

  it('docs/json.md shows a report of the shape that it describes', async () => {
    const examples = codeBlocks(await readDocument('docs/json.md'), 'json');
    expect(examples).toHaveLength(1);
    for (const example of examples) {
      const report = reportDefinition.parse(JSON.parse(example));
      expect(report.outcome).toBe('findings');
    }
  });
});
