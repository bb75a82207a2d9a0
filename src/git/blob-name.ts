import { createHash } from 'node:crypto';
import type { Repository } from './repository.ts';

/** The name in hex that git gives to the bytes of a file, so that what a tree has is known without reading it. */
export function blobName(bytes: Buffer, objectFormat: Repository['objectFormat']): string {
  return createHash(objectFormat).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
