import { z } from 'zod';

/** A pattern of names with placeholders: `idx_{table}_{columns}`. */
export function namePattern<const Placeholder extends string>(placeholders: readonly Placeholder[]) {
  const known = placeholders.map((placeholder) => `{${placeholder}}`);
  const listed = new RegExp(
    `^(?:[A-Za-z0-9_$]|${known.map((text) => text.replace(/[{}]/g, '\\$&')).join('|')})+$`,
  );
  return z.string().regex(listed, `a pattern has letters, digits, _ and ${known.join(', ')}`);
}

/** A pattern with every placeholder filled in. */
export function fillPattern(pattern: string, values: Readonly<Record<string, string>>): string {
  return pattern.replace(/\{([a-z_]+)\}/g, (whole, key: string) => values[key] ?? whole);
}

/** What stands in a pattern before a placeholder; all of it where it has none. */
export function patternStart(pattern: string, placeholder: string): string {
  return pattern.split(`{${placeholder}}`, 1)[0] ?? pattern;
}
