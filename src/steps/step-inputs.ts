import type { KeyPart } from '../cache/digest.ts';
import type { Tool } from '../process/tool.ts';
import { isProvenDigest } from '../process/tool-identity.ts';

/** A tool as a part of a step's key; null for a script or a shim, whose bytes don't tell what runs. */
export function toolPart({ digest, version }: Tool): KeyPart {
  return isProvenDigest(digest) ? { digest, version } : null;
}
