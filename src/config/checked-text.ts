import { z } from 'zod';

/** Text with a check that says what is wrong as the end of a sentence that begins with the key's name. */
export function checkedText(problemOf: (value: string) => string | null) {
  return z.string().check((context) => {
    const problem = problemOf(context.value);
    if (problem !== null) {
      context.issues.push({ code: 'custom', message: problem, input: context.value });
    }
  });
}

export const filledText = checkedText((value) => (value.trim() === '' ? 'is empty' : null));
