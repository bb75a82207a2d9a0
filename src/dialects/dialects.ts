import type { DialectName } from '../config/dialect-names.ts';
import { CheckError } from '../errors.ts';
import type { Dialect } from './dialect.ts';
import { mysql } from './mysql.ts';
import { postgres } from './postgres.ts';
import { sqlite } from './sqlite.ts';

const DIALECTS: Partial<Record<DialectName, Dialect>> = { postgres, mysql, sqlite };

/** @throws CheckError `dialect-unsupported` for one that dbcheck can't check yet */
export function dialectOf(name: DialectName): Dialect {
  const dialect = DIALECTS[name];
  if (dialect !== undefined) return dialect;
  throw new CheckError('dialect-unsupported', `${name} can't be checked by this version of dbcheck`, {
    hint: `leave its files out with --target, or configure "schemas" without {dialect}`,
  });
}
