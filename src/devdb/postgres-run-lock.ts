import { createHash } from 'node:crypto';

/** The first key of our advisory locks: the letters "dbck". */
const LOCK_CLASS = 0x6462636b;

/**
 * Takes the lock that a run holds on a shared server as long as its session lives: it says to every other run,
 * of whatever machine, that the databases with this run's name are in use.
 */
export function takeRunLockSql(run: string): string {
  return `SELECT pg_advisory_lock(${LOCK_CLASS}, ${lockKey(run)})`;
}

/** Lists the keys of the runs that hold their lock, in all databases of the server. */
export const HELD_RUN_LOCKS_SQL = `SELECT objid::text FROM pg_locks
  WHERE locktype = 'advisory' AND classid = ${LOCK_CLASS} AND objsubid = 2`;

/** 31 bits, so that it is the same number as a signed argument and as the unsigned column of pg_locks. */
export function lockKey(run: string): number {
  return createHash('sha256').update(run).digest().readUInt32BE(0) >>> 1;
}
