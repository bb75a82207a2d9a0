import { createHash } from 'node:crypto';
import { comparePaths, encodePath } from '../git/path-bytes.ts';

/** Atlas's own pattern for a directive; it must stand on the first line, after any printable text. */
const DIRECTIVE = /^[ -~]*atlas:(\w+)(?: +([ -~]*))*/;

/**
 * The bytes of `atlas.sum` for a folder of migrations, as `atlas migrate hash` writes them: one running SHA-256
 * over names and contents, a copy of whose state is each file's entry, and a hash over all entries on top.
 * Contents are hashed as they are stored, without any change of line endings.
 *
 * @param migrations contents by file name (not path); only `.sql` files count
 */
export function atlasSum(migrations: ReadonlyMap<string, Buffer>): Buffer {
  const names = [...migrations.keys()].filter((name) => name.endsWith('.sql')).sort(comparePaths);
  const running = createHash('sha256');
  const total = createHash('sha256');
  const lines: Buffer[] = [];
  for (const name of names) {
    const bytes = migrations.get(name) ?? Buffer.alloc(0);
    running.update(encodePath(name));
    if (isIgnored(bytes)) continue;
    running.update(bytes);
    const digest = running.copy().digest('base64');
    total.update(encodePath(name)).update(digest);
    lines.push(Buffer.concat([encodePath(name), Buffer.from(` h1:${digest}\n`)]));
  }
  return Buffer.concat([Buffer.from(`h1:${total.digest('base64')}\n`), ...lines]);
}

/** Such a file has no entry; only its name counts, in the entries after it. */
function isIgnored(bytes: Buffer): boolean {
  const [, name, value] = DIRECTIVE.exec(bytes.toString('latin1')) ?? [];
  return name === 'sum' && value === 'ignore';
}
