import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../../src/process/run.ts';
import type { Shop } from '../shop.ts';

/** When somebody else acts: the first time that dbcheck has git do this. */
export type Moment =
  /** Before contents are read: the snapshot is taken by then. */
  | 'reading'
  /** Once the index is listed and HEAD is known, and before dbcheck hears of it. */
  | 'identified';

/**
 * A `git` on PATH that is git, but that has somebody else act.
 *
 * @param does what they do in the shop, as a line for `sh`; `$GIT` is git itself
 * @returns the environment to run dbcheck in
 */
export async function gitThatMoves(
  shop: Shop,
  does: string,
  moment: Moment = 'reading',
): Promise<Readonly<Record<string, string>>> {
  const git = (await run('which', ['git'], { cwd: shop.root, env: shop.env })).stdout.toString().trim();
  const bin = join(shop.root, '../moving-bin');
  await mkdir(bin);
  const moves = `if mkdir '${bin}/moved' 2>/dev/null; then (cd '${shop.root}' && ${does}) || exit 99; fi`;
  const cases = {
    reading: `*' cat-file '*) ${moves} ;;`,
    identified: `*' ls-files '*) "$GIT" "$@"; code=$?; : > '${bin}/listed'; exit $code ;;
*'HEAD^{tree} '*) "$GIT" "$@"; code=$?
  while [ ! -e '${bin}/listed' ]; do sleep 0.02; done
  ${moves}; exit $code ;;`,
  };
  const script = `#!/bin/sh
GIT='${git}'
case " $* " in
${cases[moment]}
esac
exec "$GIT" "$@"
`;
  await writeFile(join(bin, 'git'), script, { mode: 0o755 });
  return { PATH: `${bin}:${shop.env['PATH']}` };
}
