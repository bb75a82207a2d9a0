import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ToolName } from '../config/project.ts';

/**
 * What stands for a file's content as long as nobody writes to it.
 *
 * A change within the clock's granularity of the last one could be missed, which is why a file that was changed
 * less than `SETTLED` milliseconds ago has no stamp.
 */
export type FileStamp = string;

const SETTLED = 2000;

/**
 * @returns path, device, inode, size and both times of the file that a path leads to; null where the file is too
 * young to be known by them
 */
export async function fileStamp(path: string): Promise<FileStamp | null> {
  const real = await realpath(path);
  const found = await stat(real, { bigint: true });
  if (Date.now() - Number(found.ctimeMs) < SETTLED) return null;
  return [real, found.dev, found.ino, found.size, found.mtimeNs, found.ctimeNs].join('\n');
}

/** The SHA-256 of a file in hex. */
export async function fileDigest(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

const UNPROVEN = 'unproven:';

/** Another value in every run, for a program that can't be told by its bytes. */
export function unprovenDigest(): string {
  return `${UNPROVEN}${randomUUID()}`;
}

/** Whether a tool's digest tells what will run. */
export function isProvenDigest(digest: string): boolean {
  return !digest.startsWith(UNPROVEN);
}

/**
 * Whether a program's bytes tell what it will do: a native binary that goes by the tool's name. A script can run
 * anything, and a version manager's shim is a link to the manager, which picks a version by the folder it runs in.
 */
export async function isTheToolItself(name: ToolName, path: string): Promise<boolean> {
  const real = await realpath(path);
  return basename(real).startsWith(name) && isNativeBinary(await firstBytes(real));
}

/** ELF, and Mach-O in both byte orders and as a fat binary. */
const MAGIC = ['7f454c46', 'cffaedfe', 'cefaedfe', 'feedfacf', 'feedface', 'cafebabe'];

function isNativeBinary(start: Buffer): boolean {
  return MAGIC.includes(start.toString('hex'));
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
