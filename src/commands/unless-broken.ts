import { CheckError } from '../errors.ts';

/** What can be read or told, or something else in the place of what can't. */
export async function unlessBroken<T, F>(reading: Promise<T>, fallback: F): Promise<T | F> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof CheckError) return fallback;
    throw error;
  }
}
