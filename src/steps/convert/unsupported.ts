/**
 * Says that something has no counterpart in SQLite. Thrown and caught inside the conversion only: it becomes a
 * problem of the object that it was found in.
 */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';
  /** Where in the source: an offset in UTF-8 bytes, as libpg-query counts; undefined where the tree does not say. */
  readonly offset: number | undefined;

  /** @param reason a clause such as `SQLite has no type inet` */
  constructor(reason: string, offset?: number | undefined) {
    super(reason);
    this.offset = offset;
  }
}
