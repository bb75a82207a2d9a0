/** What the configuration is read from. */
export interface ConfigFiles {
  /** Whether the snapshot has a file at a path relative to the git root. */
  has(path: string): boolean;
  /** Whether the snapshot has a file anywhere below a folder. */
  hasFolder(path: string): boolean;
  /** A file of the snapshot; asked only for those that it has. */
  read(path: string): Promise<Buffer>;
  /**
   * A file of the work tree, or null if there is none. Asked for `dbcheck.local.yaml`, and for configurations that
   * the snapshot lacks.
   */
  onDisk(path: string): Promise<Buffer | null>;
}
