import type picocolors from 'picocolors';

export type Colors = ReturnType<typeof picocolors.createColors>;

/** What shapes every part of the pretty report. */
export interface PrettyStyle {
  readonly colors: Colors;
  readonly quiet: boolean;
  readonly verbose: boolean;
}
