import type { DialectName } from '../config/dialect-names.ts';
import { CheckError } from '../errors.ts';
import { maskUrl } from './mask-url.ts';

/** A setting that names no server a dialect can be planned on, however often it is tried. */
export function noServer(dialect: DialectName, setting: string, what: string): CheckError {
  return new CheckError('devdb-invalid', `devDatabase.${dialect} is "${maskUrl(setting)}", ${what}`, {
    hint: `set devDatabase.${dialect} to ${dialect === 'mysql' ? '' : 'embedded, '}system, or a URL such as docker://${dialect === 'mysql' ? 'mysql/8' : 'postgres/15'}/dev`,
  });
}

/** Whether a parser of URLs has refused one. */
export function isNoUrl(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_INVALID_URL';
}
