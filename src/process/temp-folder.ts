import { tmpdir } from 'node:os';
import { isAbsolute } from 'node:path';
import { CheckError } from '../errors.ts';

/** Those that name the folder for temporary files, in the order in which they count. */
const VARIABLES = ['TMPDIR', 'TMP', 'TEMP'];
const NO_FOLDER = new Set(['ENOENT', 'ENOTDIR']);

/**
 * The folder for temporary files. A relative one would be another folder for each program that a step runs.
 *
 * @throws CheckError `temp-folder` where a variable names a relative one
 */
export function tempFolder(): string {
  const folder = tmpdir();
  if (!isAbsolute(folder)) throw noTempFolder(`${folder}, which is not absolute`);
  return folder;
}

/** What a failure to make a folder in there comes to: another error where it is not there at all. */
export function tempFolderFailure(error: unknown): unknown {
  const isMissing = error instanceof Error && 'code' in error && NO_FOLDER.has(String(error.code));
  return isMissing ? noTempFolder(`${tmpdir()}, where no folder can be made`) : error;
}

function noTempFolder(what: string): CheckError {
  const variable = VARIABLES.find((name) => (process.env[name] ?? '') !== '');
  const claim = 'the folder for temporary files is';
  return variable === undefined
    ? new CheckError('temp-folder', `${claim} ${what}`, {
        hint: `set TMPDIR to a folder that is there, by its absolute path`,
      })
    : new CheckError('temp-folder', `${claim} that of ${variable}: ${what}`, {
        hint: `set ${variable} to a folder that is there, by its absolute path, or unset it`,
      });
}
