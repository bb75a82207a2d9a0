import { chmod, mkdir, mkdtemp, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, freshShop, type Shop, shopSources } from '../shop.ts';
import { type CountedTool, countedTool } from './counted-tool.ts';

/** A fresh shop whose tools are counted, and whose private server can be put out of reach. */
export interface CachedShop extends Shop {
  readonly atlas: CountedTool;
  readonly sqlc: CountedTool;
  /** Takes away what a private server is made from: a run that needs one is exit 2 from then on. */
  withoutServer<T>(work: () => Promise<T>): Promise<T>;
  /** How often a tool was started. */
  starts(): Promise<number>;
  /** The verdicts that are kept, each by its name and file: a run that judges writes another file. */
  verdicts(): Promise<readonly string[]>;
}

/** Made in `beforeAll`; `remove` takes all of it away. */
export async function cachedShop(config = ''): Promise<CachedShop> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'dbcheck-test-')));
  // The server's user reads its binaries and its template from the cache.
  await chmod(dir, 0o755);
  const atlas = await countedTool('atlas', dir);
  const sqlc = await countedTool('sqlc', dir);
  const home = join(dir, 'cache');
  await mkdir(home);
  const tools = `tools:\n  atlas: {command: ${atlas.path}}\n  sqlc: {command: ${sqlc.path}}\n`;
  const made = await freshShop(
    { ...(await shopSources()), 'dbcheck.config.yaml': `${tools}${config}` },
    { XDG_CACHE_HOME: home },
  );
  const template = join(home, 'dbcheck', 'postgres');
  return {
    ...made,
    atlas,
    sqlc,
    async withoutServer(work) {
      await rename(template, `${template}.away`);
      await writeFile(template, 'a file in the place of the folder');
      try {
        return await work();
      } finally {
        await rm(template);
        await rename(`${template}.away`, template);
      }
    },
    starts: async () => (await atlas.starts()) + (await sqlc.starts()),
    async verdicts() {
      const folder = join(made.root, '.git/dbcheck');
      const names = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith('verdict-'));
      return Promise.all(names.map(async (name) => `${name} ${(await stat(join(folder, name))).ino}`));
    },
    async remove() {
      await made.remove();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** What an answer says besides how long it took and how much of it was known. */
export function saidBy({ exitCode, stdout }: Answer): string {
  return `${exitCode} ${stdout.replace(/, [\d.]+ m?s( \(\d+ cached\))?/, '')}`;
}
