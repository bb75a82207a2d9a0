import { createHash } from 'node:crypto';
import {
  appendFile,
  chmod,
  copyFile,
  mkdir,
  readdir,
  readFile,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ToolSource } from '../../src/config/project.ts';
import { findTool } from '../../src/process/find-tool.ts';
import { repositoryTool, temporaryFolder, toolContext } from './repository-tool.ts';

const atlasModule: ToolSource = { kind: 'module', module: 'tools/atlas/go.mod' };

/** The smallest thing that says what Atlas says: it needs no more of Go than its runtime. */
const PROGRAM =
  'package main\n\nimport "syscall"\n\nfunc main() { syscall.Write(1, []byte("atlas version v0.4.2\\n")) }\n';

function command(path: string, version: string | null = null): ToolSource {
  return { kind: 'command', command: path, version };
}

async function script(text: string, name = 'atlas'): Promise<string> {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, `#!/bin/sh\n${text}\n`);
  await chmod(path, 0o755);
  return path;
}

describe('a tool of a go.mod', () => {
  it.each(['atlas', 'sqlc'] as const)('finds %s with its pin, version and digest', async (name) => {
    const tool = await repositoryTool(name);
    const goMod = await readFile(new URL(`../../tools/${name}/go.mod`, import.meta.url), 'utf8');
    const pin = /\/(?:cmd\/atlas|sqlc) (v\S+)/.exec(goMod)?.[1];
    expect(pin).toBeDefined();
    expect(tool).toMatchObject({ name, origin: 'module', pin, version: pin });
    expect(tool.digest).toBe(
      createHash('sha256')
        .update(await readFile(tool.path))
        .digest('hex'),
    );
    expect(tool.cgo).toBeTypeOf('boolean');
  });

  it('is found again without Go, and without what it was made from', async () => {
    const context = await toolContext();
    const first = await findTool('atlas', atlasModule, context);
    const empty = await temporaryFolder();
    const again = await findTool('atlas', atlasModule, { ...context, mayBuild: false, env: { PATH: empty } });
    expect(again).toEqual(first);
    await expect(readdir(context.scratchDir)).resolves.toEqual([]);
  });

  it('is asked for again where Go is to be asked', async () => {
    const context = await toolContext();
    await findTool('atlas', atlasModule, context);
    const env = { PATH: await temporaryFolder() };
    await expect(findTool('atlas', atlasModule, { ...context, env, refresh: true })).rejects.toMatchObject({
      code: 'go-missing',
    });
  });

  it.each([
    ['leads nowhere', (fact: string) => fact.replace(/"path":"[^"]*"/, '"path":"/nowhere/atlas"')],
    ['is damaged', (fact: string) => fact.slice(0, 20)],
    ['has another shape', () => '{"path":{"a":1},"pin":7}'],
  ])('is found again where what was remembered %s', async (_, damage) => {
    const context = await toolContext();
    const first = await findTool('atlas', atlasModule, context);
    const [folder = ''] = await readdir(context.cacheDir);
    const facts = await readdir(join(context.cacheDir, folder));
    expect(facts.length).toBeGreaterThan(0);
    for (const name of facts) {
      const file = join(context.cacheDir, folder, name);
      await writeFile(file, damage(await readFile(file, 'utf8')));
    }
    await expect(findTool('atlas', atlasModule, context)).resolves.toEqual(first);
  });

  it("is kept in Go's build cache, which forgets what Go is not asked for", async () => {
    const context = await toolContext();
    const { path } = await findTool('atlas', atlasModule, context);
    const kept = join(await temporaryFolder(), `${'a1'.repeat(32)}-d`);
    await mkdir(kept);
    await symlink(path, join(kept, 'atlas'));
    const fourDaysAgo = new Date(Date.now() - 4 * 24 * 60 * 60 * 1000);
    await utimes(kept, fourDaysAgo, fourDaysAgo);
    const [folder = ''] = await readdir(context.cacheDir);
    for (const name of await readdir(join(context.cacheDir, folder))) {
      const file = join(context.cacheDir, folder, name);
      await writeFile(file, (await readFile(file, 'utf8')).replaceAll(path, join(kept, 'atlas')));
    }
    await expect(findTool('atlas', atlasModule, context)).resolves.toMatchObject({
      path: join(kept, 'atlas'),
    });
    expect((await stat(kept)).mtimeMs).toBeGreaterThan(fourDaysAgo.getTime() + 1000);
  });

  it('is not remembered for another go.sum', async () => {
    const context = await toolContext();
    await findTool('atlas', atlasModule, context);
    const readOther = async (path: string) => {
      const bytes = await context.readFile(path);
      return bytes !== null && path.endsWith('.sum') ? Buffer.from(bytes.subarray(0, 200)) : bytes;
    };
    await expect(findTool('atlas', atlasModule, { ...context, readFile: readOther })).rejects.toMatchObject({
      code: 'tool-build-failed',
      message: expect.stringContaining('go.sum'),
      place: { path: 'tools/atlas/go.mod' },
    });
  });

  it('is refused at once where it is not built and there is no time for it', async () => {
    const context = await toolContext({ mayBuild: false, nameLimit: 1500 });
    const env = { ...process.env, GOCACHE: join(await temporaryFolder(), 'go-build') };
    await expect(
      findTool('sqlc', { kind: 'module', module: 'tools/sqlc/go.mod' }, { ...context, env }),
    ).rejects.toMatchObject({
      code: 'tool-not-built',
      hint: 'dbcheck tools',
      place: { path: 'tools/sqlc/go.mod' },
    });
    await expect(readdir(context.scratchDir)).resolves.toEqual([]);
  });

  it('is built where there is time, with a word about it', async () => {
    const program = await temporaryFolder();
    await writeFile(join(program, 'go.mod'), 'module example.org/atlas\n\ngo 1.24\n');
    await writeFile(join(program, 'main.go'), PROGRAM);
    const goMod = `module tools\n\ngo 1.24\n\ntool example.org/atlas\n\nrequire example.org/atlas v0.4.2\n\nreplace example.org/atlas => ${program}\n`;
    const words: string[] = [];
    const context = await toolContext({
      readFile: async (path) => Buffer.from(path === 'go.mod' ? goMod : ''),
      env: { ...process.env, CGO_ENABLED: '0', GOCACHE: join(program, 'go-build') },
      onProgress: (text) => words.push(text),
    });
    await expect(findTool('atlas', { kind: 'module', module: 'go.mod' }, context)).resolves.toMatchObject({
      version: 'v0.4.2',
      pin: 'v0.4.2',
      cgo: false,
    });
    expect(words[0]).toMatch(/^building atlas v0\.4\.2 as go\.mod says \(\d+ s\)$/);
  });

  it('says how to pin one in the folder of its project, whatever folder that is said in', async () => {
    const context = await toolContext({ readFile: async () => null, env: { PATH: '' } });
    await expect(
      findTool('sqlc', { kind: 'default', module: 'services/users/tools/sqlc/go.mod' }, context),
    ).rejects.toMatchObject({
      code: 'tool-missing',
      hint: '(cd "$(git rev-parse --show-toplevel)" && mkdir -p services/users/tools/sqlc && cd services/users/tools/sqlc && go mod init tools/sqlc && go get -tool github.com/sqlc-dev/sqlc/cmd/sqlc@v1.31.1) && git add :/services/users/tools/sqlc && dbcheck tools; or name the program as tools.sqlc.command',
    });
    await expect(
      findTool('sqlc', { kind: 'module', module: 'services/users/go.mod' }, context),
    ).rejects.toMatchObject({ hint: 'git add :/services/users/go.mod, or correct tools.sqlc.module' });
  });

  it("ignores the user's workspace and a vendoring setting", async () => {
    const env = { ...process.env, GOWORK: '/nowhere/go.work', GOFLAGS: '-mod=vendor' };
    await expect(findTool('atlas', atlasModule, await toolContext({ env }))).resolves.toMatchObject({
      origin: 'module',
    });
  });

  it.each([
    ['is not in the snapshot', {}, 'tool-missing', 'go.mod'],
    ['has no go.sum', { 'go.mod': 'module a\n\ngo 1.24\n' }, 'tool-module', 'go.sum is missing'],
    [
      'declares no such tool',
      { 'go.mod': 'module a\n\ngo 1.24\n', 'go.sum': '' },
      'tool-module',
      'no tool named atlas',
    ],
    [
      'is no go.mod',
      { 'go.mod': 'module a\n\nnonsense x y\n', 'go.sum': '' },
      'tool-module',
      "can't read web/go.mod",
    ],
    [
      'declares two of them',
      {
        'go.mod':
          'module a\n\ngo 1.24\n\ntool (\n\tx.org/atlas\n\ty.org/atlas\n)\n\nrequire (\n\tx.org v1.0.0\n\ty.org v1.0.0\n)\n',
        'go.sum': '',
      },
      'tool-module',
      'two tools named atlas',
    ],
  ] satisfies [string, Record<string, string>, string, string][])(
    'is refused where the module %s',
    async (_, files, code, words) => {
      const contents = new Map(Object.entries(files));
      const context = await toolContext({
        readFile: async (path) => {
          const text = contents.get(path.replace('web/', ''));
          return text === undefined ? null : Buffer.from(text);
        },
      });
      await expect(
        findTool('atlas', { kind: 'module', module: 'web/go.mod' }, context),
      ).rejects.toMatchObject({
        code,
        message: expect.stringContaining(words),
        place: { path: 'web/go.mod' },
        hint: expect.any(String),
      });
    },
  );

  it.each([
    [
      'go.mod',
      { 'go.mod': 'module a\n\nnonsense x y\n', 'go.sum': '' },
      /\nweb\/go\.mod:3: unknown directive/,
    ],
    [
      'go.sum',
      {
        'go.mod': 'module a\n\ngo 1.24\n\ntool x.org/atlas\n\nrequire x.org v1.0.0\n',
        'go.sum': 'no sum\n',
      },
      /\nweb\/go\.sum:1: wrong number of fields/,
    ],
  ] satisfies [string, Record<string, string>, RegExp][])(
    "has Go's words name the repository's %s and not a copy",
    async (_, files, words) => {
      const contents = new Map(Object.entries(files));
      const context = await toolContext({
        readFile: async (path) => Buffer.from(contents.get(path.replace('web/', '')) ?? ''),
      });
      const found = findTool('atlas', { kind: 'module', module: 'web/go.mod' }, context);
      await expect(found).rejects.toMatchObject({ message: expect.stringMatching(words) });
    },
  );

  it('blames no go.mod where Go itself is misled', async () => {
    const env = { ...process.env, GOFLAGS: '-no-such-flag' };
    await expect(
      findTool('atlas', atlasModule, await toolContext({ env, refresh: true })),
    ).rejects.toMatchObject({
      message: expect.stringContaining('parsing $GOFLAGS'),
      hint: expect.stringContaining('as Go says'),
    });
  });

  it("names the line of a go.mod that Go can't read", async () => {
    const context = await toolContext({ readFile: async () => Buffer.from('module a\n\nnonsense x y\n') });
    await expect(findTool('atlas', { kind: 'module', module: 'go.mod' }, context)).rejects.toMatchObject({
      place: { path: 'go.mod', line: 3 },
    });
  });
});

describe('a configured command', () => {
  it('fits its pin with or without a v', async () => {
    const sqlc = await repositoryTool('sqlc');
    const context = await toolContext();
    const bare = (sqlc.version ?? '').replace(/^v/, '');
    for (const version of [bare, `v${bare}`]) {
      await expect(findTool('sqlc', command(sqlc.path, version), context)).resolves.toMatchObject({
        origin: 'command',
        pin: `v${bare}`,
        version: `v${bare}`,
        digest: sqlc.digest,
      });
    }
  });

  it('is refused where it is another version', async () => {
    const sqlc = await repositoryTool('sqlc');
    const place = { path: 'dbcheck.config.yaml', line: 3, column: 5 };
    const context = await toolContext({ commandPlace: place });
    await expect(findTool('sqlc', command(sqlc.path, '1.30.0'), context)).rejects.toMatchObject({
      code: 'tool-version',
      message: `sqlc is ${sqlc.version}, and tools.sqlc.version asks for v1.30.0`,
      place,
      hint: expect.stringContaining('install sqlc v1.30.0'),
    });
  });

  it('is refused where its version is unknown and one is asked for', async () => {
    const path = await script('echo "atlas community version - development"');
    await expect(findTool('atlas', command(path, 'v1.2.3'), await toolContext())).rejects.toMatchObject({
      code: 'tool-version',
      message: expect.stringContaining('does not say which version it is'),
    });
    await expect(findTool('atlas', command(path), await toolContext())).resolves.toMatchObject({
      version: null,
      pin: null,
    });
  });

  it('is relative to the project, or found in PATH', async () => {
    const sqlc = await repositoryTool('sqlc');
    const context = await toolContext();
    const bin = join(context.projectRoot, 'bin');
    await mkdir(bin);
    await symlink(sqlc.path, join(bin, 'sqlc-pinned'));
    const expected = { path: join(bin, 'sqlc-pinned'), digest: sqlc.digest };
    await expect(findTool('sqlc', command('./bin/sqlc-pinned'), context)).resolves.toMatchObject(expected);
    const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH']}` };
    await expect(findTool('sqlc', command('sqlc-pinned'), { ...context, env })).resolves.toMatchObject(
      expected,
    );
    await expect(
      findTool('sqlc', command('sqlc-pinned'), { ...context, env: { PATH: '.' } }),
    ).rejects.toMatchObject({
      code: 'tool-missing',
    });
  });

  it('has another digest when its bytes are others', async () => {
    const sqlc = await repositoryTool('sqlc');
    const path = join(await temporaryFolder(), 'sqlc');
    await copyFile(sqlc.path, path);
    await chmod(path, 0o755);
    const context = await toolContext();
    await expect(findTool('sqlc', command(path), context)).resolves.toMatchObject({ digest: sqlc.digest });
    await appendFile(path, 'x');
    const changed = await findTool('sqlc', command(path), context);
    expect(changed.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(changed.digest).not.toBe(sqlc.digest);
  });

  it('is never taken for the same where it is a script or a shim', async () => {
    const sqlc = await repositoryTool('sqlc');
    const wrapper = await script(`exec '${sqlc.path}' "$@"`, 'sqlc');
    const shim = join(await temporaryFolder(), 'sqlc');
    const manager = join(await temporaryFolder(), 'manager');
    await copyFile(sqlc.path, manager);
    await chmod(manager, 0o755);
    await symlink(manager, shim);
    const context = await toolContext();
    for (const path of [wrapper, shim]) {
      const [first, second] = [
        await findTool('sqlc', command(path), context),
        await findTool('sqlc', command(path), context),
      ];
      expect(first).toMatchObject({ version: sqlc.version, digest: expect.stringMatching(/^unproven:/) });
      expect(second.digest).not.toBe(first.digest);
    }
  });

  it.each([
    ['says something else', 'echo "Python 3.11"', 'says Python 3.11'],
    ['says nothing', 'true', 'says nothing'],
    ['prints bytes', "printf 'a\\001\\033[2J\\377b'; exit 3", 'exit code 3'],
    ['fails', 'echo "atlas version v1.2.3"; echo oops >&2; exit 1', 'oops'],
    ['is killed', 'kill -9 $$', "can't be run as atlas"],
  ])('is refused where it %s', async (_, text, words) => {
    const error = await findTool('atlas', command(await script(text)), await toolContext()).catch(
      (caught: unknown) => caught,
    );
    expect(error).toMatchObject({ code: 'tool-broken', message: expect.stringContaining(words) });
    expect(error).toMatchObject({ hint: expect.stringContaining('tools.atlas.command') });
    expect(error).not.toMatchObject({ message: expect.stringContaining('\u001b') });
  });

  it('is refused where its interpreter is missing', async () => {
    const path = join(await temporaryFolder(), 'atlas');
    await writeFile(path, '#!/nowhere/interpreter\n');
    await chmod(path, 0o755);
    await expect(findTool('atlas', command(path), await toolContext())).rejects.toMatchObject({
      code: 'tool-broken',
    });
  });

  it('is refused where it is not a program', async () => {
    const context = await toolContext();
    await mkdir(join(context.projectRoot, 'folder'));
    await writeFile(join(context.projectRoot, 'text'), 'x', { mode: 0o644 });
    for (const [path, words] of [
      ['./folder', 'not a file'],
      ['./text', 'may not be executed'],
      ['./nothing', 'does not exist'],
    ] as const) {
      await expect(findTool('atlas', command(path), context)).rejects.toMatchObject({
        code: 'tool-missing',
        message: expect.stringContaining(words),
      });
    }
  });
});

describe('no configuration', () => {
  const source: ToolSource = { kind: 'default', module: 'tools/sqlc/go.mod' };

  it('takes the module where the snapshot has it', async () => {
    await expect(findTool('sqlc', source, await toolContext())).resolves.toMatchObject({ origin: 'module' });
  });

  it('takes PATH else, without a pin', async () => {
    const sqlc = await repositoryTool('sqlc');
    const bin = await temporaryFolder();
    await symlink(sqlc.path, join(bin, 'sqlc'));
    const env = {
      ...process.env,
      PATH: `relative${delimiter}${delimiter}${bin}${delimiter}${process.env['PATH']}`,
    };
    const context = await toolContext({ readFile: async () => null, env });
    await expect(findTool('sqlc', source, context)).resolves.toMatchObject({
      origin: 'path',
      path: join(bin, 'sqlc'),
      pin: null,
      version: sqlc.version,
    });
  });

  it('says what to do where there is no tool at all', async () => {
    const context = await toolContext({ readFile: async () => null, env: { PATH: await temporaryFolder() } });
    const error = await findTool('sqlc', source, context).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: 'tool-missing',
      message: expect.stringContaining('tools/sqlc/go.mod'),
    });
    expect(error).toMatchObject({
      hint: expect.stringMatching(/go get -tool .*sqlc.*dbcheck tools.*tools\.sqlc\.command/),
    });
  });
});
