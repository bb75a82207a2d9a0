/** Levels of nesting, far more than any configuration has. */
export const DEEPEST = 100;

/** A line that opens as many levels by itself. */
const DASHES = new RegExp(`(?:[-?:][ \\t]+){${DEEPEST}}`);

/**
 * Guards the YAML reader, which on thousands of levels ends the process or takes hours. It counts brackets wherever
 * they are, so that text with hundreds of opening ones alone is refused too.
 */
export function isTooDeep(text: string): boolean {
  if (DASHES.test(text)) {
    return true;
  }
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(depth - 1, 0);
    if (depth > DEEPEST) {
      return true;
    }
  }
  return false;
}
