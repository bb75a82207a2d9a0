import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parse } from 'libpg-query';
import { Language, Parser } from 'web-tree-sitter';

// What no tool that reads these files can do without: each parsed once, and nothing done with the trees.
const require = createRequire(import.meta.url);
await Parser.init();
const grammar = require.resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-hcl.wasm');
const parser = new Parser();
parser.setLanguage(await Language.load(grammar));
for (const path of process.argv.slice(2)) {
  const text = await readFile(path, 'utf8');
  if (path.endsWith('.hcl')) parser.parse(text)?.delete();
  else await parse(text);
}
