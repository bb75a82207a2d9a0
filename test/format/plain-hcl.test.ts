import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHcl } from '../../src/format/hcl-format.ts';
import { readHcl } from '../../src/format/hcl-structure.ts';
import { readPlainHcl } from '../../src/format/plain-hcl.ts';
import { repositoryTool, temporaryFolder } from '../process/repository-tool.ts';
import { hclBody, plainHclBody } from './hcl-arbitrary.ts';

/** What the whole grammar reads: a comment of this kind is nothing that the plain reader takes. */
async function byGrammar(text: string) {
  const { attributes, blocks, problem } = await readHcl(Buffer.from(`${text}\n/* */`));
  return { attributes, blocks, problem };
}

function plainly(text: string) {
  const plain = readPlainHcl(Buffer.from(text));
  return plain && { attributes: plain.attributes, blocks: plain.blocks, problem: null };
}

/** A text with a piece of it left out, doubled, or put in another place. */
const damaged = fc
  .tuple(
    fc.oneof(plainHclBody, hclBody),
    fc.nat(),
    fc.integer({ min: 0, max: 3 }),
    fc.constantFrom(
      '',
      '"',
      '}',
      '{',
      '[',
      ']',
      ',',
      '\n',
      '=',
      '.',
      '(',
      ')',
      ' ',
      'a',
      '1',
      '-',
      '\\',
      '#',
      '/',
      '$',
      '%{',
      '${',
      '\r',
      'é',
      'for',
      'null',
      'e5',
      '::',
      '...',
    ),
  )
  .map(([text, place, length, piece]) => {
    const at = text.length === 0 ? 0 : place % text.length;
    // Half of a character is none.
    return Buffer.from(text.slice(0, at) + piece + text.slice(at + length)).toString();
  });

describe('HCL of the plainest kind', () => {
  it("reads this project's own schemas", async () => {
    for (const dialect of ['postgres', 'mysql']) {
      const folder = join('tools/atlas/schemas', dialect);
      for (const name of await readdir(folder)) {
        const text = await readFile(join(folder, name), 'utf8');
        expect(plainly(text), name).toEqual(await byGrammar(text));
      }
    }
  });

  it('is read as the whole grammar reads it, and nearly always read', async () => {
    let read = 0;
    const property = fc.asyncProperty(plainHclBody, async (text) => {
      const plain = plainly(text);
      if (plain === null) return;
      read += 1;
      expect(plain).toEqual(await byGrammar(text));
    });
    await fc.assert(property, { numRuns: 1000, endOnFailure: true });
    expect(read).toBeGreaterThan(900);
  });

  it('is read as the whole grammar reads it where it was damaged, and is HCL for Atlas, or it is not read', async () => {
    const read: string[] = [];
    const property = fc.asyncProperty(damaged, async (text) => {
      const plain = plainly(text);
      if (plain === null) return;
      read.push(text);
      expect(plain).toEqual(await byGrammar(text));
    });
    await fc.assert(property, { numRuns: 3000, endOnFailure: true });
    expect(read.length).toBeGreaterThan(300);
    // Each alone where one is refused, which takes its time.
    const files = new Map(read.slice(-100).map((text) => [text, Buffer.from(`${text}\n/* */\n`)]));
    const { path } = await repositoryTool('atlas');
    const formatted = await formatHcl(files, { atlas: path, scratchDir: await temporaryFolder() });
    const refused = [...formatted].filter(([, { kind }]) => kind === 'invalid');
    expect(refused).toEqual([]);
  });
});
