import { maskUrl } from '../devdb/mask-url.ts';
import { CheckError } from '../errors.ts';

/** What Atlas says where there is no server, or no Docker to start one. */
const UNREACHABLE =
  /connection refused|no such host|i\/o timeout|pulling image|connect to the Docker daemon|exec: "docker"/i;

/**
 * Why there is no database to plan on, where Atlas reaches servers by itself; null where it speaks of anything else.
 *
 * @param words what Atlas printed
 * @returns `devdb-unreachable`
 */
export function unreachableServer(words: string, devUrl: string, dialect: string): CheckError | null {
  if (!UNREACHABLE.test(words)) return null;
  const isDocker = devUrl.startsWith('docker');
  return new CheckError(
    'devdb-unreachable',
    `Atlas can't reach ${maskUrl(devUrl)}\n${words.trim().replace(/^Error: /, '')}`,
    {
      hint: `start ${isDocker ? 'Docker' : 'the server'}, or set devDatabase.${dialect} to ${dialect === 'mysql' ? 'system' : 'embedded'}`,
    },
  );
}
