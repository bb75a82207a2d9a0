import { CheckError } from '../errors.ts';
import type { ConfigFiles } from './config-files.ts';
import { stageCommand } from './stage-command.ts';

/** The key of a package.json that holds a configuration. */
export const PACKAGE_KEY = 'dbcheck';

const NAMES = ['dbcheck.config.yaml', 'dbcheck.config.yml', 'dbcheck.config.json'] as const;

/** The folders that make a project of a folder without a configuration. */
const LAYOUT = ['tools/atlas', 'tools/sqlc'] as const;

/** Where a project is and what configures it: null where everything is default. */
export interface FoundConfig {
  readonly dir: string;
  readonly file: string | null;
}

/**
 * Finds the configuration that is nearest to a folder: in it, or in one around it up to the git root. Without one, the
 * project is the nearest folder of the default layout, else the git root.
 *
 * @param cwdPrefix the folder relative to the git root, '' for the root; a slash at its end doesn't matter
 * @throws CheckError `config-ambiguous` for two in one folder, `config-not-in-snapshot` for one that is on disk alone
 */
export async function findConfig(files: ConfigFiles, cwdPrefix: string): Promise<FoundConfig> {
  const folders = foldersUpwards(cwdPrefix);
  for (const dir of folders) {
    const file = await configIn(files, dir);
    if (file !== null) {
      return { dir, file };
    }
  }
  const dir = folders.find((folder) => LAYOUT.some((part) => files.hasFolder(below(folder, part))));
  return { dir: dir ?? '', file: null };
}

/**
 * Takes the configuration that the command line names.
 *
 * @param path relative to the git root
 * @throws CheckError `config-missing` if there is no such file, `config-not-in-snapshot` if it is on disk alone
 */
export async function namedConfig(files: ConfigFiles, path: string): Promise<FoundConfig> {
  if (!files.has(path)) {
    throw (await files.onDisk(path)) === null
      ? new CheckError('config-missing', `there is no configuration \`${path}\``, {
          place: { path },
          hint: 'give `--config` the path of a file that git knows',
        })
      : notInSnapshot(path);
  }
  if (isPackageFile(path) && !hasKey(await files.read(path))) {
    throw new CheckError('config-missing', `the file has no key \`${PACKAGE_KEY}\``, {
      place: { path },
      hint: `add the key, or give \`--config\` a \`${NAMES[0]}\``,
    });
  }
  return { dir: path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '', file: path };
}

/** Whether a file is a package.json, whose configuration is under a key. */
export function isPackageFile(path: string): boolean {
  return path === 'package.json' || path.endsWith('/package.json');
}

/**
 * Whether a file may be what configures a project.
 *
 * @param contents the file as the sides of a merge have it
 */
export function mayConfigure(path: string, contents: readonly Buffer[]): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return NAMES.some((known) => known === name) || (isPackageFile(path) && contents.some(hasKey));
}

async function configIn(files: ConfigFiles, dir: string): Promise<string | null> {
  const packageFile = below(dir, 'package.json');
  const candidates = NAMES.map((name) => below(dir, name));
  const present = candidates.filter((path) => files.has(path));
  if (files.has(packageFile) && hasKey(await files.read(packageFile))) {
    present.push(packageFile);
  }
  const [first, second] = present;
  if (first !== undefined && second !== undefined) {
    throw new CheckError('config-ambiguous', `\`${first}\` and \`${second}\` both configure this folder`, {
      place: { path: second },
      hint: 'keep one of them',
    });
  }
  if (first !== undefined) {
    return first;
  }
  for (const path of candidates) {
    if ((await files.onDisk(path)) !== null) {
      throw notInSnapshot(path);
    }
  }
  const packageOnDisk = await files.onDisk(packageFile);
  if (packageOnDisk !== null && hasKey(packageOnDisk)) {
    throw notInSnapshot(packageFile);
  }
  return null;
}

function notInSnapshot(path: string): CheckError {
  const what = isPackageFile(path) ? `the key \`${PACKAGE_KEY}\` of \`${path}\`` : `\`${path}\``;
  return new CheckError('config-not-in-snapshot', `${what} is on disk but not in the tree under check`, {
    place: { path },
    hint: `${stageCommand(path)}; where a commit is checked, commit it too`,
  });
}

/** A file that is no JSON has the key if it looks so: then reading it says what is wrong. */
function hasKey(bytes: Buffer): boolean {
  const text = bytes.toString('utf8');
  if (!text.includes(`"${PACKAGE_KEY}"`)) {
    return false;
  }
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null && Object.hasOwn(value, PACKAGE_KEY);
  } catch {
    return true;
  }
}

function foldersUpwards(cwdPrefix: string): readonly string[] {
  const segments = cwdPrefix.split('/').filter((segment) => segment !== '');
  return [...segments.map((_, index) => segments.slice(0, segments.length - index).join('/')), ''];
}

function below(dir: string, name: string): string {
  return dir === '' ? name : `${dir}/${name}`;
}
