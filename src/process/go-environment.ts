/** How git reaches a server; everything else of git's says which repository is meant. */
const TRANSPORT =
  /^GIT_(SSH|SSH_COMMAND|SSH_VARIANT|ASKPASS|TERMINAL_PROMPT|SSL_.*|PROXY_.*|HTTP_.*|CONFIG_(GLOBAL|SYSTEM|NOSYSTEM))$/;

/**
 * The environment for the go command. It stays the user's own, since Go's build cache, module cache, proxy and
 * toolchain are found through it, less git's idea of the current repository.
 *
 * A go.work around the repository is left out, and the module is read and never completed: what go.mod and go.sum
 * say is the pin.
 */
export function goEnvironment(parent: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(parent).filter(([name]) => !name.startsWith('GIT_') || TRANSPORT.test(name));
  return {
    ...Object.fromEntries(kept),
    GOWORK: 'off',
    // A later flag wins over an earlier one: the user's others stay.
    GOFLAGS: `${parent['GOFLAGS'] ?? ''} -mod=readonly`.trim(),
  };
}
