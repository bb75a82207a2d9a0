import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { decodePath, encodePath } from '../../../src/git/path-bytes.ts';
import type { Shop } from '../shop.ts';
import type { Changes, Content, Place } from './scenario.ts';

/** By path: a mode of git's, and the name of the blob. A conflict has a line for each side. */
type Listing = Readonly<Record<string, string>>;

/** All that a command may change. */
export interface State {
  readonly head: string;
  readonly headTree: Listing;
  readonly index: Listing;
  readonly disk: Listing;
  readonly stash: readonly string[];
  readonly status: readonly string[];
  /** Locks that git holds, or that a killed git left behind. */
  readonly locks: readonly string[];
}

export async function readState(shop: Shop, { root, env }: Place): Promise<State> {
  const call = { cwd: root, env: { ...env, GIT_OPTIONAL_LOCKS: '0' } };
  const git = async (...args: string[]): Promise<Buffer> => (await shop.tryGit(args, call)).stdout;
  const lines = async (...args: string[]): Promise<readonly string[]> =>
    (await git(...args)).toString().split('\n').filter(Boolean);
  const [gitDir = ''] = await lines('rev-parse', '--absolute-git-dir');
  return {
    head: (await lines('rev-parse', '--verify', '--quiet', 'HEAD')).join(''),
    headTree: listing(await git('ls-tree', '-r', '-z', '--full-tree', 'HEAD'), treeLine),
    index: listing(await git('ls-files', '-s', '-z'), indexLine),
    disk: await readDisk(root),
    stash: await lines('stash', 'list', '--format=%gs'),
    status: await lines('status', '--porcelain', '--untracked-files=all'),
    locks: (gitDir === '' ? [] : await readdir(gitDir)).filter((name) => name.endsWith('.lock')).sort(),
  };
}

/** A listing with some paths changed. */
export async function withChanges(
  before: Listing,
  changes: Changes,
  shop: Shop,
  place: Place,
  source: 'objects' | 'disk',
): Promise<Listing> {
  const after: Record<string, string> = { ...before };
  for (const [path, content] of Object.entries(changes)) {
    const line = await lineOf(content, path, before[path], shop, place, source);
    if (line === null) delete after[path];
    else after[path] = line;
  }
  return after;
}

async function lineOf(
  content: Content,
  path: string,
  before: string | undefined,
  shop: Shop,
  { root, env }: Place,
  source: 'objects' | 'disk',
): Promise<string | null> {
  if (content === null) return null;
  if (content === 'submodule HEAD') {
    if (source === 'disk') throw new Error('a submodule has no line of its own on disk');
    const { stdout } = await shop.tryGit(['rev-parse', 'HEAD'], { cwd: `${root}/${path}` });
    return `160000 ${stdout.toString().trim()}`;
  }
  if (typeof content === 'string' || Buffer.isBuffer(content)) return blobLine('100644', content);
  if (typeof content === 'object' && 'link' in content) return blobLine('120000', content.link);
  const read = async (object: string): Promise<Buffer> =>
    (await shop.tryGit(['cat-file', 'blob', object], { cwd: root, env })).stdout;
  if (typeof content === 'object' && 'revision' in content) {
    const bytes = await read(`${content.revision}:${content.path ?? path}`);
    return blobLine('100644', content.edit === undefined ? bytes : content.edit(bytes.toString()));
  }
  const [mode = '', oid = ''] = (before ?? '').split(' ');
  const bytes = PAST.get(oid) ?? (await read(oid));
  return typeof content === 'function'
    ? blobLine(mode, content(bytes.toString()))
    : blobLine(content.mode, bytes);
}

/** What files on disk held, whose blobs git may not have. */
const PAST = new Map<string, Buffer>();

async function readDisk(root: string): Promise<Listing> {
  const found: [string, string][] = [];
  const walk = async (folder: Buffer, prefix: string): Promise<void> => {
    for (const name of await readdir(folder, { encoding: 'buffer' })) {
      const path = `${prefix}${decodePath(name)}`;
      const file = Buffer.concat([folder, encodePath(`/${decodePath(name)}`)]);
      if (['.git', 'node_modules', '.husky/_'].includes(path) || path.endsWith('/.git')) continue;
      const stat = await lstat(file);
      if (stat.isDirectory()) await walk(file, `${path}/`);
      else if (stat.isSymbolicLink()) found.push([path, blobLine('120000', await readlink(file, 'buffer'))]);
      else found.push([path, blobLine(stat.mode & 0o100 ? '100755' : '100644', await readFile(file))]);
    }
  };
  await walk(Buffer.from(root), '');
  return Object.fromEntries(found);
}

function blobLine(mode: string, content: string | Buffer): string {
  const bytes = Buffer.from(content);
  const oid = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  PAST.set(oid, bytes);
  return `${mode} ${oid}`;
}

function listing(output: Buffer, read: (fields: readonly string[]) => string): Listing {
  const lines: Record<string, string> = {};
  for (const record of output.toString('latin1').split('\0').filter(Boolean)) {
    const tab = record.indexOf('\t');
    const path = decodePath(Buffer.from(record.slice(tab + 1), 'latin1'));
    const line = read(record.slice(0, tab).split(' '));
    lines[path] = lines[path] === undefined ? line : `${lines[path]}, ${line}`;
  }
  return lines;
}

function treeLine([mode, , oid]: readonly string[]): string {
  return `${mode} ${oid}`;
}

function indexLine([mode, oid, stage]: readonly string[]): string {
  return stage === '0' ? `${mode} ${oid}` : `${stage}: ${mode} ${oid}`;
}
