import type { DevServer } from './dev-server.ts';
import { maskUrl } from './mask-url.ts';

/**
 * A dev database that is Atlas's own business (`docker://postgres/15/dev`): its URL is handed on as it is, for every
 * database, and whether names are qualified is for the URL to say.
 */
export function openPassedThrough(url: string): DevServer {
  return {
    description: maskUrl(url),
    standIn: null,
    version: '',
    createDatabase: async () => url,
    isAlive: async () => true,
    close: async () => {},
  };
}
