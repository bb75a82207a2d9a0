import { expect, it } from 'vitest';
import { loadProject } from '../../src/config/load.ts';
import { filesInMemory } from '../config/files-in-memory.ts';
import { codeBlocks, readDocument } from './markdown.ts';

const FILE = 'dbcheck.config.yaml';
const OPTIONS = { cwdPrefix: '', explicit: null, env: { PGPASSWORD: 'secret' } };

async function configurations(path: string): Promise<readonly string[]> {
  const blocks = codeBlocks(await readDocument(path), 'yaml');
  return blocks.filter((block) => !block.startsWith('jobs:'));
}

it.each([
  ['README.md', 1],
  ['docs/configuration.md', 12],
])('each example in %s is a valid configuration', async (path, count) => {
  const examples = await configurations(path);
  expect(examples).toHaveLength(count);
  for (const example of examples) {
    await expect(loadProject(filesInMemory({ [FILE]: example }), OPTIONS)).resolves.toBeDefined();
  }
});

it('the default layout as docs/configuration.md writes it out is the default', async () => {
  const [written = ''] = await configurations('docs/configuration.md');
  const plain = async (files: Readonly<Record<string, string>>) => {
    const project = await loadProject(filesInMemory(files), OPTIONS);
    const { configFile: _file, sqlcConfigItems: _items, tools, ...rest } = project;
    const modules = Object.values(tools).map((tool) => ('module' in tool ? tool.module : null));
    return {
      ...JSON.parse(JSON.stringify(rest)),
      modules,
      dev: [...rest.devDatabase],
      rules: [...rest.rules],
    };
  };
  expect(await plain({ [FILE]: written })).toEqual(await plain({}));
});
