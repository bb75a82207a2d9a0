import type { ConfigFiles } from '../../src/config/load.ts';

/** A snapshot's files, and those on disk where they differ, as plain text by path. */
export function filesInMemory(
  snapshot: Readonly<Record<string, string | Buffer>>,
  disk: Readonly<Record<string, string | Buffer>> = {},
): ConfigFiles {
  const bytesOf = (value: string | Buffer | undefined) => (value === undefined ? null : Buffer.from(value));
  return {
    has: (path) => Object.hasOwn(snapshot, path),
    hasFolder: (path) => Object.keys(snapshot).some((file) => file.startsWith(`${path}/`)),
    async read(path) {
      const bytes = bytesOf(snapshot[path]);
      if (bytes === null) {
        throw new Error(`${path} was read and is not there`);
      }
      return bytes;
    },
    onDisk: async (path) => bytesOf(disk[path]),
  };
}
