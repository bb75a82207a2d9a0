import { createHash } from 'node:crypto';

const IGNORED = '-- atlas:sum ignore';

/**
 * The bytes of `atlas.sum` for a folder of migrations, as `atlas migrate hash` writes them: one running SHA-256
 * over names and contents, a copy of whose state is each file's entry, and a hash over all entries on top.
 * Contents are hashed as they are stored, without any change of line endings.
 *
 * @param migrations contents by file name (not path); only `.sql` files count
 */
export function atlasSum(migrations: ReadonlyMap<string, Buffer>): Buffer {
  const names = [...migrations.keys()]
    .filter((name) => name.endsWith('.sql'))
    .sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
  const running = createHash('sha256');
  const total = createHash('sha256');
  const lines: string[] = [];
  for (const name of names) {
    const bytes = migrations.get(name) ?? Buffer.alloc(0);
    running.update(name);
    if (!isIgnored(bytes)) running.update(bytes);
    const digest = running.copy().digest('base64');
    total.update(name).update(digest);
    lines.push(`${name} h1:${digest}\n`);
  }
  return Buffer.from(`h1:${total.digest('base64')}\n${lines.join('')}`);
}

function isIgnored(bytes: Buffer): boolean {
  const end = bytes.indexOf('\n');
  const first = bytes.subarray(0, end === -1 ? bytes.length : end).toString();
  return first.trim() === IGNORED;
}
