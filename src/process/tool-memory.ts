import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One remembered fact: names and their values, none of them nested. */
export type Fact = Readonly<Record<string, string | boolean | null>>;

/** The folder in the cache for what is known about tools; another layout of the facts gets another name. */
const FOLDER = 'tools-1';

/**
 * Reads what was remembered under a key. A fact that is absent, damaged or of another shape is simply not
 * remembered: everything in here can be found out again.
 */
export async function recall(cacheDir: string, key: string): Promise<Fact | null> {
  const text = await readFile(factFile(cacheDir, key), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isFact(value) ? value : null;
  } catch {
    return null;
  }
}

/**
 * Remembers a fact; another process sees the old one or the new one, never a part of it. A cache that can't be
 * written costs time and nothing else, so that it is no error.
 */
export async function remember(cacheDir: string, key: string, fact: Fact): Promise<void> {
  const file = factFile(cacheDir, key);
  const draft = `${file}.${randomUUID()}`;
  try {
    await mkdir(join(cacheDir, FOLDER), { recursive: true });
    await writeFile(draft, JSON.stringify(fact));
    await rename(draft, file);
  } catch {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

function factFile(cacheDir: string, key: string): string {
  return join(cacheDir, FOLDER, `${key}.json`);
}

function isFact(value: unknown): value is Fact {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((item) => item === null || ['string', 'boolean'].includes(typeof item))
  );
}
