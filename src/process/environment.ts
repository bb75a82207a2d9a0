/** Names that change what a generator or a database client does, whoever set them. */
const HOSTILE = /^(GIT_|PG|ATLAS_|SQLC|MYSQL_|GOFLAGS$|NO_COLOR$|FORCE_COLOR$|CLICOLOR)/;

/**
 * The environment for a program that is not the repository's own git: no git variable reaches it, since a leaked
 * `GIT_INDEX_FILE` or `GIT_DIR` makes a tool in a scratch folder write into the user's repository.
 *
 * @param home a private folder that stands in for the home directory, so that no user setting changes an output
 * @param parent the environment to start from
 * @returns a complete environment, to be used without extending it
 */
export function foreignEnvironment(home: string, parent: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const kept = Object.entries(parent).filter(([name]) => !HOSTILE.test(name));
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    TZ: 'UTC',
    LC_ALL: 'C',
    NO_COLOR: '1',
    ATLAS_NO_UPDATE_NOTIFIER: '1',
    ATLAS_NO_UPGRADE_SUGGESTIONS: '1',
    ATLAS_NO_ANON_TELEMETRY: 'true',
  };
}

/**
 * The environment for a command that the configuration names: the user's own, less git's variables, since it runs in
 * a copy of the tree and must not reach the repository.
 */
export function userEnvironment(parent: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(parent).filter(([name]) => !name.startsWith('GIT_')));
}
