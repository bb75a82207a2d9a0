const COULD_NOT_CHECK = 2;
const INTERRUPTED = 130;

/**
 * Keeps a run from breaking down over what it prints. Where nobody reads on (`dbcheck rules | head -1`), it ends as it would.
 * Where stdout can't be written, nobody has seen what was found: that is said on stderr, and the exit code is 2.
 */
export function endDespiteUnwrittenOutput(): void {
  process.stderr.on('error', () => {
    // There is nowhere left to say it; the exit code tells how the run went.
  });
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    process.stderr.write(
      `dbcheck: what it prints can't be written: ${error.message}\n  next: look at where stdout goes, then run the same command again\n`,
    );
    // The run sets an exit code of its own, before or after this.
    process.on('exit', () => {
      if (process.exitCode !== INTERRUPTED) process.exitCode = COULD_NOT_CHECK;
    });
  });
}
