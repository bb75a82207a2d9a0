import { runIdentity } from '../cache/own-identity.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import type { CommonOptions } from './options.ts';

/** A repository, with what dbcheck is as a part of the keys of what is kept in it. */
export interface IdentifiedRepository {
  readonly repo: Repository;
  readonly identity: string;
}

/**
 * Opens the repository, and finds out what dbcheck is while git is at work.
 *
 * @returns null where it can't tell what it is, so that nothing can be kept
 * @throws CheckError as `openRepository` does
 */
export async function identifiedRepository(options: CommonOptions): Promise<IdentifiedRepository | null> {
  const [repo, identity] = await Promise.all([
    openRepository({ cwd: options.cwd, env: options.env }),
    Promise.resolve().then(() => runIdentity(options.env)),
  ]);
  return identity === null ? null : { repo, identity };
}
