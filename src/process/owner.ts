import { createHash } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { run } from './run.ts';

/**
 * Who made a folder or a database, told apart from every other process of any machine: written `PID_START_HOST`,
 * so that it can be part of a file name and of a database name.
 */
export interface Owner {
  readonly pid: number;
  /** Eight hex digits of the moment at which the process started: a reused pid has another. */
  readonly start: string;
  /** Six hex digits of the machine and its pid namespace: the pid means something only where these are the same. */
  readonly host: string;
}

/** `gone`: the process has ended. `foreign`: another machine or container knows, this one can't. */
export type OwnerState = 'alive' | 'gone' | 'foreign';

/** The owner that this process is. */
export async function currentOwner(): Promise<Owner> {
  const start = (await startsOf([process.pid])).get(process.pid);
  return { pid: process.pid, start: start ?? '00000000', host: await hostMark() };
}

/** The owner as it stands in a name. */
export function formatOwner(owner: Owner): string {
  return `${owner.pid}_${owner.start}_${owner.host}`;
}

/** Finds the owner in a name that has one after `prefix`, or undefined. */
export function parseOwner(name: string, prefix: string): Owner | undefined {
  if (!name.startsWith(prefix)) return undefined;
  const found = /^(\d{1,10})_([0-9a-f]{8})_([0-9a-f]{6})(?![0-9a-z])/.exec(name.slice(prefix.length));
  if (!found?.[1] || !found[2] || !found[3]) return undefined;
  return { pid: Number(found[1]), start: found[2], host: found[3] };
}

/** Says of each owner whether its process still runs, in the order given. */
export async function ownerStates(owners: readonly Owner[]): Promise<OwnerState[]> {
  if (owners.length === 0) return [];
  const host = await hostMark();
  const near = owners.filter((owner) => owner.host === host);
  const starts = await startsOf([process.pid, ...near.map((owner) => owner.pid)]);
  // Where not even this process can be seen (no /proc, no ps), nothing is known of the others.
  const blind = !starts.has(process.pid);
  return owners.map((owner) => {
    if (blind || owner.host !== host) return 'foreign';
    return starts.get(owner.pid) === owner.start ? 'alive' : 'gone';
  });
}

async function hostMark(): Promise<string> {
  // Containers can share a temp folder and even a host name, but a pid only means something inside its namespace.
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '');
  return digest(`${hostname()} ${namespace}`, 6);
}

/** When each of these processes started; a pid that is not running is left out. */
async function startsOf(pids: readonly number[]): Promise<Map<number, string>> {
  const wanted = [...new Set(pids)];
  return process.platform === 'linux' ? startsFromProc(wanted) : startsFromPs(wanted);
}

async function startsFromProc(pids: readonly number[]): Promise<Map<number, string>> {
  // The start time counts from boot, so the boot is part of it: a temp folder can outlive one.
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const starts = new Map<number, string>();
  for (const pid of pids) {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    // The command's name, in parentheses, may hold spaces and parentheses itself.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const state = fields[0];
    const ticks = fields[19];
    // A zombie does nothing any more, and its parent may never ask for it.
    if (ticks !== undefined && state !== 'Z' && state !== 'X') starts.set(pid, digest(`${boot} ${ticks}`, 8));
  }
  return starts;
}

async function startsFromPs(pids: readonly number[]): Promise<Map<number, string>> {
  const starts = new Map<number, string>();
  if (pids.length === 0) return starts;
  // lstart is written in local time: a fixed zone makes two runs comparable.
  const env = { PATH: '/bin:/usr/bin', LC_ALL: 'C', TZ: 'UTC' };
  const listing = await run('ps', ['-o', 'pid=,stat=,lstart=', '-p', pids.join(',')], { cwd: '/', env });
  for (const line of listing.stdout.toString().split('\n')) {
    const found = /^\s*(\d+)\s+(\S+)\s+(\S.*?)\s*$/.exec(line);
    if (found?.[1] && found[3] && !found[2]?.startsWith('Z'))
      starts.set(Number(found[1]), digest(found[3], 8));
  }
  return starts;
}

function digest(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}
