import { CheckError } from '../errors.ts';

/** @param code the system's, such as `ENOENT` */
export function programMissing(file: string, code: string): CheckError {
  return new CheckError('program-missing', `${file} can't be started: ${code}`);
}

/**
 * @param cause why it ended without an exit code
 * @param words what it said on stderr
 */
export function programKilled(file: string, cause: string, words: string): CheckError {
  return new CheckError('program-killed', `${file} ended early: ${cause}\n${words}`.trimEnd(), {
    hint: 'run the same command again; if it ends so each time, look at how much memory is left',
  });
}

export function outputTooLarge(file: string, bytes: number): CheckError {
  return new CheckError('output-too-large', `${file} prints more than ${bytes} bytes`);
}
