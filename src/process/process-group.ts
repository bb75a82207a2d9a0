/**
 * Ties a process group to this process: whatever is left of the group when this process exits is killed. A group of
 * its own gets no Ctrl-C from the terminal, so that nobody else would end it.
 *
 * Signals are not listened to here: the scratch folder turns them into an exit where nobody else handles them, and
 * goes by the number of listeners to tell.
 *
 * @param leader the process id of the group's first process
 * @returns a function that kills whatever is left of the group, and unties it
 */
export function tieProcessGroup(leader: number): () => void {
  const endGroup = () => {
    try {
      process.kill(-leader, 'SIGKILL');
    } catch {
      // There is nobody left in it.
    }
  };
  process.once('exit', endGroup);
  return () => {
    process.off('exit', endGroup);
    endGroup();
  };
}
