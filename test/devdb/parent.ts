import { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { openDevServer } from '../../src/devdb/open-dev-server.ts';
import { createScratch } from '../../src/process/scratch.ts';

/**
 * A program that opens a dev server as dbcheck does, tells on stdout what it has, and waits to be killed.
 *
 * Arguments: the setting; then, optionally, after how many milliseconds of the server's start it kills itself, or
 * `never`; then the dialect, `postgres` where it is left out.
 */
const [setting = 'embedded', early = 'never', dialect = 'postgres'] = process.argv.slice(2);
if (early !== 'never') {
  subscribe('child_process', (message) => {
    const kill = () => process.kill(process.pid, 'SIGKILL');
    // The message comes before the program is known; others than the watchdog are only asked for their version.
    process.nextTick(() => {
      if (!isWatchdog(message)) return;
      if (early === '0') kill();
      else setTimeout(kill, Number(early));
    });
  });
}
const scratch = await createScratch();
const isMysql = dialect === 'mysql';
const server = await openDevServer(isMysql ? 'mysql' : 'postgres', setting, { scratch });
const url = await server.createDatabase('parent', { qualified: !isMysql });
process.stdout.write(`${JSON.stringify({ url, scratch: scratch.dir })}\n`);
setInterval(() => {}, 1000);

function isWatchdog(message: unknown): boolean {
  if (typeof message !== 'object' || message === null || !('process' in message)) return false;
  return message.process instanceof ChildProcess && message.process.spawnfile === '/bin/sh';
}
