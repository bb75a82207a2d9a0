/** Variables of the caller that change how git reads its arguments or what it runs, and nothing about which repository. */
const DROPPED: ReadonlySet<string> = new Set([
  'GIT_PREFIX',
  'GIT_EXTERNAL_DIFF',
  'GIT_DIFF_OPTS',
  'GIT_PAGER',
  'GIT_GLOB_PATHSPECS',
  'GIT_NOGLOB_PATHSPECS',
  'GIT_ICASE_PATHSPECS',
]);

/** Traces go to stderr, which is read, or to files, and nothing is to be written. */
const TRACES = /^GIT_TRACE/;

/**
 * The environment for the repository's own git. What says which repository, index and objects are meant is kept; what
 * would make git write, trace, fetch, translate or call another program is not.
 *
 * @param parent the environment that we were started with, in a hook the one that git set up
 */
export function repositoryEnvironment(parent: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(parent).filter(([name]) => !DROPPED.has(name) && !TRACES.test(name));
  return {
    ...Object.fromEntries(kept),
    // Else git refreshes the index in passing.
    GIT_OPTIONAL_LOCKS: '0',
    GIT_LITERAL_PATHSPECS: '1',
    // A replaced object is not the one that is pushed.
    GIT_NO_REPLACE_OBJECTS: '1',
    // A partial clone would fetch, and so write, when an object is read. The first is known since git 2.44; the
    // second makes that fetch fail in every version.
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_TERMINAL_PROMPT: '0',
    // The user's configuration may ask for these as well.
    GIT_TRACE2: '0',
    GIT_TRACE2_EVENT: '0',
    GIT_TRACE2_PERF: '0',
    LC_ALL: 'C',
  };
}
