import type { Observation } from '../rules/finding.ts';
import { blockPathspecs, readGuard } from './guard-block.ts';
import { coverage, readPathspec } from './pathspec.ts';

/** A hook file as it is found. */
export interface HookFile {
  /** Relative to the git root; absolute where it lies outside of it. */
  readonly path: string;
  /** Whether it is part of the snapshot; git's own hooks folder is not, and serves all branches and work trees. */
  readonly committed: boolean;
  /** Its text, through `decodePath`. */
  readonly script: string;
}

/** What `guardPathspecs` gives for the configuration of the snapshot. */
export interface ExpectedGuard {
  readonly projectDir: string;
  readonly pathspecs: readonly string[];
}

/**
 * Rule `config/guard-stale`: a hook has our guard, but with other pathspecs than the configuration asks for, so that it
 * may let a commit pass unseen. Hooks without our guard are not our business. Outside of the snapshot a guard may
 * watch more than needed, since it has to serve other branches too.
 */
export function guardObservation(
  hookFiles: readonly HookFile[],
  expected: ExpectedGuard,
): Observation | null {
  for (const file of hookFiles) {
    const block = readGuard(file.script, expected.projectDir);
    const cause = block === null ? null : misfit(blockPathspecs(block), expected.pathspecs, file.committed);
    if (cause !== null) {
      return {
        rule: 'config/guard-stale',
        target: file.path,
        message: 'the guard in this hook does not fit the configuration',
        location: { path: file.path, line: guardLine(file.script, block), column: null },
        cause,
        diff: null,
        fix: 'dbcheck init',
      };
    }
  }
  return null;
}

function misfit(present: readonly string[], wanted: readonly string[], committed: boolean): string | null {
  const [own, expected] = [new Set(present), new Set(wanted)];
  const isWatched = coverage(present.map(readPathspec));
  const lacking = wanted.filter((pathspec) =>
    committed ? !own.has(pathspec) : !isWatched(readPathspec(pathspec)),
  );
  const needless = committed ? present.filter((pathspec) => !expected.has(pathspec)) : [];
  const parts = [
    ...(lacking.length === 0 ? [] : [`it does not watch ${lacking.join(', ')}`]),
    ...(needless.length === 0
      ? []
      : [`it watches ${needless.join(', ')}, which the configuration does not name`]),
  ];
  return parts.length === 0 ? null : parts.join('; ');
}

function guardLine(script: string, block: string | null): number | null {
  return block === null ? null : script.slice(0, script.indexOf(block)).split('\n').length;
}
