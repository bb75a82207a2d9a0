import type { Label } from '../../sources/schema-model.ts';
import type { TextEdit } from '../sighting.ts';

/**
 * The change that gives a block another name. In HCL nothing refers to an index, a foreign key or a check, so that
 * their names stand in one place.
 */
export function renaming({ location, start, end }: Label, name: string): readonly TextEdit[] {
  return [{ path: location.path, start, end, text: JSON.stringify(name) }];
}

/** The longest name that a dialect keeps as it is, in its own unit; longer ones are a matter of their own. */
export function fitsEveryDialect(name: string): boolean {
  return Buffer.byteLength(name) <= 63;
}
