import { bytesDigest } from '../../src/cache/digest.ts';
import { sweepStore, writeEntry } from '../../src/cache/store.ts';

/** Content that says by itself whether it is whole. */
export function contentOf(key: string, writer: string): Buffer {
  return Buffer.from(`${key} ${writer} `.repeat(40_000));
}

export const KEYS = ['a', 'b', 'c', 'd'].map(bytesDigest);

/** Writes the same few entries again and again until somebody ends it. */
async function main([folder = '', writer = '']: readonly string[]): Promise<void> {
  process.stdout.write('begun\n');
  for (;;) {
    for (const key of KEYS) await writeEntry(folder, 'step', key, contentOf(key, writer));
    await sweepStore(folder, { bytes: 10_000_000, entries: 3 });
  }
}

if (process.argv[2] !== undefined) await main(process.argv.slice(2));
