import { CheckError } from '../../src/errors.ts';

/** What a CheckError says, with its place as `path:line:column` before the text. */
export interface Thrown {
  readonly code: string;
  readonly text: string;
  readonly hint: string | undefined;
}

/** Runs something that has to end in a CheckError; any other end is the test's failure. */
export async function thrownBy(action: () => unknown): Promise<Thrown> {
  let value: unknown;
  try {
    value = await action();
  } catch (error) {
    if (!(error instanceof CheckError)) {
      throw error;
    }
    const { path, line, column } = error.place ?? { path: '(nowhere)' };
    const place = [path, line, column].filter((part) => part !== undefined).join(':');
    return { code: error.code, text: `${place}: ${error.message}`, hint: error.hint };
  }
  throw new Error(`no error, but ${JSON.stringify(value)}`);
}
