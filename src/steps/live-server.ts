import type { DialectName } from '../config/dialect-names.ts';
import { CheckError } from '../errors.ts';
import type { Providers } from './regeneration.ts';
import type { StepResult } from './step-result.ts';

/** What Atlas comes to where a server is gone, or something else is wrong with it. */
const OF_SERVERS: ReadonlySet<string> = new Set(['atlas-failed', 'devdb-unreachable']);

/**
 * A generator that fails on a server which no longer answers has said nothing about the sources.
 *
 * @throws CheckError `devdb-lost`
 */
export async function onLiveServer<T extends StepResult | string>(
  providers: Providers,
  dialect: DialectName,
  make: () => Promise<T>,
): Promise<T> {
  const lost = async (words: string): Promise<void> => {
    if (await providers.isServerAlive(dialect)) return;
    throw new CheckError('devdb-lost', `The dev database for ${dialect} stopped answering\n${words}`, {
      hint: `run it again; if it stays so, set devDatabase.${dialect} to another server`,
    });
  };
  try {
    const made = await make();
    if (typeof made !== 'string' && made.kind === 'refused')
      await lost(made.problems.map(({ message }) => message).join('\n'));
    return made;
  } catch (error) {
    if (error instanceof CheckError && OF_SERVERS.has(error.code)) await lost(error.message);
    throw error;
  }
}
