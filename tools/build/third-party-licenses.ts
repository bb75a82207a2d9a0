import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The file in `dist/` with the licenses of the packages that are bundled into it. */
const LICENSES_FILE = 'THIRD-PARTY-LICENSES';

interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

/** What the plugin needs of a bundle: the modules of each chunk, as the bundler names them. */
interface Chunk {
  readonly type: string;
  readonly moduleIds?: readonly string[];
}

/**
 * A plugin of the bundler that writes down whose code is in the bundle: each license asks for its text to go with every copy.
 *
 * @throws Error where a bundled package has no license text
 */
export function thirdPartyLicenses() {
  return {
    name: 'third-party-licenses',
    async generateBundle(
      this: { emitFile(file: { type: 'asset'; fileName: string; source: string }): string },
      _options: unknown,
      bundle: Readonly<Record<string, Chunk>>,
    ): Promise<void> {
      const ids = Object.values(bundle).flatMap((chunk) => chunk.moduleIds ?? []);
      const folders = new Set(ids.flatMap(packageFolder));
      const packages = await Promise.all([...folders].sort().map(readPackage));
      this.emitFile({ type: 'asset', fileName: LICENSES_FILE, source: licensesText(packages) });
    },
  };
}

/** The folder of the package that a module belongs to; none for the project's own. */
function packageFolder(id: string): readonly string[] {
  const found = /^(?:\0.*:)?(\/.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
  return found === undefined ? [] : [found];
}

async function readPackage(folder: string): Promise<BundledPackage> {
  const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const field = (name: string): string => {
    const value: unknown = Object.getOwnPropertyDescriptor(manifest, name)?.value;
    if (typeof value === 'string') return value;
    throw new Error(`the package in ${folder} names no ${name}`);
  };
  const text = await licenseText(folder);
  if (text === null)
    throw new Error(`the package in ${folder} has neither a license file nor one in its README`);
  return { name: field('name'), version: field('version'), license: field('license'), text };
}

/** A package's license: a file of its own, else what its README says under that heading. */
async function licenseText(folder: string): Promise<string | null> {
  const names = await readdir(folder);
  const file = names.find((name) => /^licen[cs]e(\.|$)/i.test(name));
  if (file !== undefined) return (await readFile(join(folder, file), 'utf8')).trim();
  const readme = names.find((name) => /^readme(\.|$)/i.test(name));
  const text = readme === undefined ? '' : await readFile(join(folder, readme), 'utf8');
  return /^#+ *licen[cs]e *\n+([\s\S]+)/im.exec(text)?.[1]?.trim() ?? null;
}

function licensesText(packages: readonly BundledPackage[]): string {
  const parts = packages.map(
    ({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text}\n`,
  );
  return `These packages are bundled into dbcheck.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
