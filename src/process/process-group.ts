const ENDINGS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Ties a process group to this process: when this one ends, by itself or by a signal that can be seen, so does the
 * whole group. A group of its own gets no Ctrl-C from the terminal, so that nobody else would end it.
 *
 * @param leader the process id of the group's first process
 * @returns a function that ends whatever is left of the group and unties it
 */
export function tieProcessGroup(leader: number): () => void {
  const endGroup = () => {
    try {
      process.kill(-leader, 'SIGKILL');
    } catch {
      // There is nobody left in it.
    }
  };
  const onSignal = (signal: NodeJS.Signals) => {
    untie();
    endGroup();
    // A signal that somebody listens to no longer ends the process by itself: without another listener, send it on.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const untie = () => {
    process.off('exit', endGroup);
    for (const signal of ENDINGS) process.off(signal, onSignal);
  };
  process.once('exit', endGroup);
  for (const signal of ENDINGS) process.on(signal, onSignal);
  return () => {
    untie();
    endGroup();
  };
}
