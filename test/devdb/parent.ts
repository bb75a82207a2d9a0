import { subscribe } from 'node:diagnostics_channel';
import { openDevServer } from '../../src/devdb/dev-server.ts';
import { createScratch } from '../../src/process/scratch.ts';

/**
 * A program that opens a dev server as dbcheck does, tells on stdout what it has, and waits to be killed.
 *
 * Arguments: the setting; then, optionally, after how many milliseconds of the server's start it kills itself.
 */
const [setting = 'embedded', early] = process.argv.slice(2);
if (early !== undefined) {
  subscribe('child_process', () => {
    const kill = () => process.kill(process.pid, 'SIGKILL');
    if (early === '0') process.nextTick(kill);
    else setTimeout(kill, Number(early));
  });
}
const scratch = await createScratch();
const server = await openDevServer('postgres', setting, { scratch });
const url = await server.createDatabase('parent', { qualified: true });
process.stdout.write(`${JSON.stringify({ url, scratch: scratch.dir })}\n`);
setInterval(() => {}, 1000);
