/** The databases that a schema can be for, in the order in which they are shown. */
export const DIALECTS = ['postgres', 'mysql', 'sqlite'] as const;
export type DialectName = (typeof DIALECTS)[number];
