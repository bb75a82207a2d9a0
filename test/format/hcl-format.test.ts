import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { formatHcl, type HclFormatter } from '../../src/format/hcl-format.ts';
import { foreignEnvironment } from '../../src/process/environment.ts';
import { run } from '../../src/process/run.ts';
import { repositoryTool, temporaryFolder } from '../process/repository-tool.ts';
import { hclBody } from './hcl-arbitrary.ts';

let atlas = '';
beforeAll(async () => {
  atlas = (await repositoryTool('atlas')).path;
});

async function formatter(): Promise<HclFormatter> {
  return { atlas, scratchDir: await temporaryFolder() };
}

async function format(...texts: (string | Buffer)[]) {
  const files = new Map(texts.map((text, index) => [`folder/${index}`, Buffer.from(text)]));
  return [...(await formatHcl(files, await formatter())).values()];
}

/** What Atlas itself makes of files, called as a person calls it. */
async function atlasFormats(texts: readonly string[]): Promise<string[]> {
  const folder = await temporaryFolder();
  const names = texts.map((_, index) => `person-${index}.hcl`);
  await Promise.all(names.map((name, index) => writeFile(join(folder, name), texts[index] ?? '')));
  const result = await run(atlas, ['schema', 'fmt', ...names], {
    cwd: folder,
    env: foreignEnvironment(folder),
  });
  expect(result.exitCode).toBe(0);
  return Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
}

describe('valid files', () => {
  it.each([
    ['the layout of an argument', 'a=1\nbbb   =   2\n', 'a   = 1\nbbb = 2\n'],
    ['indentation', 't "x" {\na=1\n}\n', 't "x" {\n  a = 1\n}\n'],
    ['no final newline', 'a=1', 'a = 1'],
    ['line ends of Windows', 'a=1\r\nbb  = 2\r\n', 'a  = 1\r\nbb = 2\r\n'],
    ['a byte order mark', '\ufeffa=1\n', 'a = 1\n'],
    ['empty lines', '   \n\n\n', '\n\n\n'],
    ['heredocs', 'a=<<EOT\n  x\n   EOT\n', 'a = <<EOT\n  x\n   EOT\n'],
    ['comments', 'a=1// x\n/* y\n z */\nbb=2   # c\n', 'a = 1 // x\n/* y\n z */\nbb = 2 # c\n'],
    ['nothing at all', '', ''],
  ])('formats %s', async (_, text, expected) => {
    const [result] = await format(text);
    expect(result).toEqual({ kind: 'formatted', bytes: Buffer.from(expected), changed: text !== expected });
    await expect(atlasFormats([text])).resolves.toEqual([expected]);
  });

  it('leaves what is formatted as it is', async () => {
    await expect(format('a = 1\n')).resolves.toEqual([
      { kind: 'formatted', bytes: Buffer.from('a = 1\n'), changed: false },
    ]);
  });

  it('gives back what Atlas makes of it, for 200 valid texts', async () => {
    let valid = 0;
    const batch = fc.array(hclBody, { minLength: 20, maxLength: 20 });
    const property = fc.asyncProperty(batch, async (texts) => {
      const results = await format(...texts);
      const expected = await atlasFormats(texts);
      for (const [index, result] of results.entries()) {
        if (result.kind === 'invalid') continue;
        valid += 1;
        expect(result.bytes.toString()).toBe(expected[index]);
        expect(result.changed).toBe(texts[index] !== expected[index]);
      }
    });
    // A failure names the seed that repeats it.
    await fc.assert(property, { numRuns: 16, endOnFailure: true });
    expect(valid).toBeGreaterThanOrEqual(200);
  });
});

describe('broken files', () => {
  it.each([
    ['an argument without a value', 't "x" {\n  a = \n}\n', 2, 7, 'Invalid expression'],
    ['an open block', 't "x" {\n a = 1\n', 1, 7, 'Unclosed configuration block'],
    ['an open list', 'a = [1,\n', 2, 1, 'Missing expression'],
    ['a list with an open end', 'a = [1', 1, 5, 'Unterminated tuple'],
    ['an open heredoc', 'a = <<EOT\nx\n', 3, 1, 'Unterminated template string'],
    ['an open comment', 'a = 1\n/* x\n', 2, 1, 'Argument or block definition required'],
    ['an open string', 'a = "x\n', 1, 7, 'Invalid multi-line string'],
    ['two arguments on a line', 'a = 1\nb = 2 c = 3\n', 2, 7, 'Missing newline after argument'],
    ['an argument twice', 'a = 1\na = 2\n', 2, 1, 'Attribute redefined'],
    ['a brace too many', 'a = 1\n}\n', 2, 1, 'Argument or block definition required'],
    ['quotes of another language', "é = 'x'\n", 1, 5, 'Invalid character'],
    ['a zero byte', 'a = 1\u0000\n', 1, 6, 'Invalid character'],
    ['an unknown escape', 'a = "\\q"\n', 1, 6, 'Invalid escape sequence'],
    ['two errors', 'a = \nb = \n', 1, 5, 'Invalid expression'],
    ['a second error that the scanner sees first', "a = 1 b\nc = 'x'\n", 2, 5, 'Invalid character'],
    ['a conflict marker', 'a = 1\n<<<<<<< HEAD\n', 2, 1, 'Argument or block definition required'],
    ['an error behind a byte order mark', '\ufeffa = 1\nb\n', 2, 1, 'Argument or block definition required'],
    ['an error on the line of a byte order mark', '\ufeffa = 1 b\n', 1, 7, 'Missing newline after argument'],
  ])('refuses %s', async (_, text, line, column, words) => {
    const [result] = await format(text);
    expect(result).toEqual({ kind: 'invalid', line, column, message: expect.stringContaining(words) });
  });

  it('refuses bytes that are not UTF-8, in a comment too', async () => {
    await expect(format(Buffer.from([0x23, 0xff, 0x0a]))).resolves.toEqual([
      { kind: 'invalid', line: 1, column: 2, message: 'Invalid character encoding: the file is not UTF-8' },
    ]);
  });

  it.each([
    ['an open list that the next file closes', ['a = [1,\n', '2]\n']],
    ['an open block that the next file closes', ['t "x" {\n', 'a = 1\n', '}\n']],
    ['two arguments on a line between whole files', ['t "x" {\n}\n', 'b = 2 c = 3\n', 't "y" {\n}\n']],
    ['an argument twice between whole files', ['t "x" {\n}\n', 'a = 1\na = 2\n', 't "y" {\n}\n']],
    ['a comment that is open to the end', ['t "x" {\n}\n', '/* x\n', 't "y" {\n}\n*/\n']],
  ])('refuses %s as it does alone', async (_, texts) => {
    const alone = await Promise.all(texts.map(async (text) => (await format(text))[0]));
    expect(alone.some((result) => result?.kind === 'invalid')).toBe(true);
    expect(await format(...texts)).toEqual(alone);
  });

  it('does not keep the good ones from being formatted', async () => {
    const files = new Map([
      ['z', Buffer.from('a=1\n')],
      ['b', Buffer.from('}')],
      ['c', Buffer.from('a = 1\n')],
    ]);
    const results = await formatHcl(files, await formatter());
    expect([...results].map(([name, { kind }]) => [name, kind])).toEqual([
      ['z', 'formatted'],
      ['b', 'invalid'],
      ['c', 'formatted'],
    ]);
  });
});

it('runs no program that a file names', async () => {
  const witness = join(await temporaryFolder(), 'witness');
  const program = `data "external" "x" {\n  program = ["touch", "${witness}"]\n}\nenv "dbcheck" {\n  url = data.external.x\n}\n`;
  const results = await format(program, `${program}}`);
  expect(results.map(({ kind }) => kind)).toEqual(['formatted', 'invalid']);
  await expect(readFile(witness)).rejects.toThrow('ENOENT');
});

it('leaves nothing behind, and does nothing for no files', async () => {
  const settings = await formatter();
  await expect(formatHcl(new Map(), settings)).resolves.toEqual(new Map());
  await expect(readdir(settings.scratchDir)).resolves.toEqual([]);
  await formatHcl(new Map([['a', Buffer.from('a=1')]]), settings);
  await expect(readdir(settings.scratchDir)).resolves.toEqual([]);
});

it.each([
  ['does nothing', 'exit 0'],
  ['fails', 'exit 1'],
  ['formats without reading', 'test "$2" = fmt && echo "a = 1" > canary.hcl; exit 0'],
])('says so where Atlas %s', async (_, text) => {
  const scratchDir = join(await temporaryFolder(), 'scratch');
  await mkdir(scratchDir);
  const fake = join(scratchDir, 'atlas');
  await writeFile(fake, `#!/bin/sh\n${text}\n`);
  await chmod(fake, 0o755);
  await expect(
    formatHcl(new Map([['a', Buffer.from('a = 1\n')]]), { atlas: fake, scratchDir }),
  ).rejects.toMatchObject({
    code: 'format-failed',
  });
});
