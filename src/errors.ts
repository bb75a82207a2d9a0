/** Where something stands: a path relative to the git root, with a 1-based line and column where they are known. */
export interface Place {
  readonly path: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/**
 * Why something could not be checked. Always thrown, never reported as a finding; the command line turns it
 * into exit code 2.
 */
export class CheckError extends Error {
  override readonly name = 'CheckError';
  /** A stable kebab-case name for machines, such as `tool-missing`. */
  readonly code: string;
  /** The file that the cause lies in, where there is one. */
  readonly place: Place | undefined;
  /** The next step for the person who reads this: a command or a change to make. */
  readonly hint: string | undefined;

  /** @param message the claim, one sentence without a final stop; may go on after a newline with a tool's own words */
  constructor(
    code: string,
    message: string,
    options: { place?: Place | undefined; hint?: string | undefined; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.place = options.place;
    this.hint = options.hint;
  }
}
