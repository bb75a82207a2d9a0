import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { CheckError } from '../errors.ts';
import { maskUrl } from './mask-url.ts';
import type { ServerUser } from './server-user.ts';

/** A server to be run in a folder of its own. */
export interface WatchedCommand {
  /** What it is called in an error, such as `embedded Postgres`. */
  readonly label: string;
  /** The server's folder: made mode 0700 by the watchdog as the server's user, removed when the server is gone. */
  readonly folder: string;
  /** A folder to be copied to `folder/data` first; null for a server that fills an empty one by itself. */
  readonly template: string | null;
  readonly command: readonly [string, ...string[]];
  /** Signals, sent one after the other until the server is gone, such as `['QUIT', 'TERM']`. */
  readonly stopSignals: readonly [string, ...string[]];
  readonly user: ServerUser;
  readonly env: NodeJS.ProcessEnv;
  /** Shows on stderr that the server takes connections. */
  readonly ready: RegExp;
}

/** A server under watch. */
export interface Watched {
  /** Whether the server's process is there. */
  isRunning(): boolean;
  /** Stops the server and waits until its folder is gone. */
  stop(): Promise<void>;
}

/**
 * Holds a pipe from the parent: whatever kills the parent closes it. The signals are repeated because a server that
 * is just starting may miss one: sh lets background jobs ignore QUIT until the server sets its own handler. One that
 * heeds none of them for three seconds is killed. `wait`
 * makes the watchdog end when the server ends by itself. Its stderr is closed because sh would report the server's
 * death by a signal there, and die of it when the parent that reads it is dead.
 */
const SCRIPT = `
folder=$1 template=$2 signals=$3
shift 3
umask 077
mkdir "$folder" || exit 1
exec 3<&0 </dev/null
if [ -n "$template" ]; then cp -R "$template" "$folder/data"; else mkdir "$folder/data"; fi || {
  rm -rf "$folder"
  exit 1
}
"$@" 3<&- & server=$!
exec 2>/dev/null
stop() { for signal in $signals; do kill -$signal $server || return 1; done; }
{
  read -r _ <&3
  tries=0
  while stop; do
    tries=$((tries + 1))
    if [ $tries -gt 60 ]; then kill -KILL $server; fi
    sleep 0.05
  done
} & guard=$!
wait $server; code=$?
kill $guard
rm -rf "$folder"
exit $code
`;

const READY_MILLISECONDS = 60_000;
const LOG_LINES = 12;

/**
 * Starts a server that is gone with this process, even when that is killed with SIGKILL, and its folder with it.
 *
 * @returns when the server takes connections
 * @throws CheckError `devdb-failed` with the last lines of its log if it ends or does not become ready
 */
export async function startWatched(wanted: WatchedCommand): Promise<Watched> {
  const child = spawnWatchdog(wanted);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  // The server may be gone before it is told to stop.
  child.stdin.on('error', () => {});
  const stop = async () => {
    holdEventLoop(child, true);
    child.stdin.end();
    await ended;
  };
  const start = await untilReady(child, wanted.ready);
  if (!start.ready) {
    await stop();
    throw startFailure(wanted.label, start.why, start.log);
  }
  holdEventLoop(child, false);
  return { isRunning: () => child.exitCode === null && child.signalCode === null, stop };
}

type Watchdog = ChildProcessByStdio<Writable, null, Readable>;

function spawnWatchdog(wanted: WatchedCommand): Watchdog {
  const { folder, template, stopSignals, command, env, user } = wanted;
  const args = ['-c', SCRIPT, 'sh', folder, template ?? '', stopSignals.join(' '), ...command];
  try {
    // Detached: a Ctrl-C at the terminal is for the parent to handle, the server follows it in its own way.
    const options = { detached: true, cwd: '/', env, ...(user ?? {}) };
    return spawn('/bin/sh', args, { ...options, stdio: ['pipe', 'ignore', 'pipe'] });
  } catch (error) {
    // Where changing the user is not allowed, spawn throws at once instead of emitting an event.
    throw startFailure(wanted.label, `can't be started: ${messageOf(error)}`, []);
  }
}

type Start = { readonly ready: true } | { readonly ready: false; why: string; log: readonly string[] };

function untilReady(child: Watchdog, ready: RegExp): Promise<Start> {
  return new Promise((resolve) => {
    const log: string[] = [];
    const fail = (why: string) => resolve({ ready: false, why, log });
    const seconds = READY_MILLISECONDS / 1000;
    const timer = setTimeout(() => fail(`was not ready after ${seconds} seconds`), READY_MILLISECONDS);
    child.once('error', (error) => fail(`can't be started: ${error.message}`));
    child.once('close', () => {
      clearTimeout(timer);
      fail('ended while starting');
    });
    let tail = '';
    // Read on for ever: a server whose log nobody reads stands still when the pipe is full.
    child.stderr.on('data', (chunk: Buffer) => {
      const lines = (tail + chunk.toString()).split('\n');
      tail = lines.pop() ?? '';
      log.push(...lines);
      log.splice(0, log.length - LOG_LINES);
      if (!lines.some((line) => ready.test(line))) return;
      clearTimeout(timer);
      resolve({ ready: true });
    });
  });
}

function startFailure(label: string, why: string, log: readonly string[]): CheckError {
  return new CheckError('devdb-failed', maskUrl([`The dev database (${label}) ${why}`, ...log].join('\n')), {
    hint: 'set devDatabase to embedded, system, or the URL of a server that works',
  });
}

/** A server that nobody closed must not keep the program from ending; the end of the program closes it. */
function holdEventLoop(child: Watchdog, hold: boolean): void {
  const handles = [child, child.stdin, child.stderr];
  for (const handle of handles) {
    if (handle !== child && !(handle instanceof Socket)) continue;
    if (hold) handle.ref();
    else handle.unref();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
