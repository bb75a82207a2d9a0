import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { encodePath } from '../git/path-bytes.ts';
import type { InstallAction } from './install-plan.ts';
import type { PackageJson } from './package-json.ts';
import { escapeGlob } from './pathspec.ts';

/** The names that lint-staged looks for besides package.json. */
const CONFIG_FILES = [
  ...['', '.json', '.yaml', '.yml', '.js', '.cjs', '.mjs', '.ts', '.cts', '.mts'].map(
    (suffix) => `.lintstagedrc${suffix}`,
  ),
  ...['js', 'cjs', 'mjs', 'ts', 'cts', 'mts'].map((suffix) => `lint-staged.config.${suffix}`),
];

/** Where lint-staged is configured: `package.json`, a file of its own, or null. */
export function lintStagedConfig(root: string, manifest: PackageJson): string | null {
  if (manifest.lintStaged !== undefined) return 'package.json';
  return CONFIG_FILES.find((name) => existsSync(encodePath(join(root, manifest.dir, name)))) ?? null;
}

/**
 * What to do so that lint-staged formats staged schemas: an entry in package.json, or lines to paste where the
 * configuration stands elsewhere or package.json is written in a way that rewriting would disturb.
 *
 * @param configFile what `lintStagedConfig` found
 * @param schemaFolder relative to the git root
 * @returns null where the entry is there already
 */
export function lintStagedEntry(
  root: string,
  manifest: PackageJson,
  configFile: string | null,
  schemaFolder: string,
): InstallAction | null {
  const below = posix.relative(manifest.dir, schemaFolder);
  const pattern = below === '' ? '*.hcl' : `${escapeGlob(below)}/**/*.hcl`;
  const entry = { [pattern]: 'dbcheck fmt' };
  const path = join(root, manifest.dir, configFile ?? 'package.json');
  const text = JSON.stringify(entry, null, 2);
  if (configFile !== null && configFile !== 'package.json') {
    if (readFileSync(encodePath(path), 'utf8').includes('dbcheck fmt')) return null;
    return {
      kind: 'paste',
      path,
      reason: 'lint-staged is configured there and does not format schemas yet',
      text,
    };
  }
  const present = manifest.lintStaged ?? {};
  // A task of the people's own for the same files stays, such as a build of dbcheck that is run by its path.
  if (JSON.stringify(present).includes('dbcheck fmt') || Object.hasOwn(present, pattern)) return null;
  const next = withEntry(manifest, present, entry);
  return next === null
    ? { kind: 'paste', path, reason: 'add this entry to "lint-staged"', text }
    : { kind: 'write', path, text: next, executable: false, change: 'updated' };
}

function withEntry(
  manifest: PackageJson,
  present: unknown,
  entry: Readonly<Record<string, string>>,
): string | null {
  if (typeof present !== 'object' || present === null || Array.isArray(present)) return null;
  const content: unknown = JSON.parse(manifest.text);
  const indent = /^[ \t]+/m.exec(manifest.text)?.[0] ?? '  ';
  const end = manifest.text.endsWith('\n') ? '\n' : '';
  const isPlain = `${JSON.stringify(content, null, indent)}${end}` === manifest.text;
  if (!isPlain || typeof content !== 'object' || content === null) return null;
  const changed = { ...content, 'lint-staged': { ...present, ...entry } };
  return `${JSON.stringify(changed, null, indent)}${end}`;
}
