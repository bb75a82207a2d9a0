import type { Tool } from './tool.ts';
import { isProvenDigest } from './tool-identity.ts';

const ORIGIN = { command: 'configured command', module: 'go.mod', path: 'PATH' } as const;

/** What a build without cgo costs: sqlc then runs its Postgres parser as WebAssembly, which it compiles in every run. */
const WITHOUT_CGO = {
  atlas: "built without cgo: it can't open SQLite databases",
  sqlc: 'built without cgo: each run on Postgres takes about 2 s in place of 0.04 s',
} as const;

/**
 * What `dbcheck tools` prints: for each tool a line with its name, version, pin and origin, its path below, and what
 * to do about a build that is slower than it need be.
 *
 * @returns lines without an end of line
 */
export function toolsReport(tools: readonly Tool[]): readonly string[] {
  return tools.flatMap((tool) => [
    `${tool.name} ${tool.version ?? 'of unknown version'} (${pinOf(tool)}; from ${ORIGIN[tool.origin]}; cgo ${cgoOf(tool)})`,
    `  ${tool.path}`,
    ...(tool.cgo === false ? [`  ${WITHOUT_CGO[tool.name]}; ${remedyOf(tool)}`] : []),
    ...(!isProvenDigest(tool.digest)
      ? ['  a script or a shim: no result is remembered, since its bytes do not tell which program runs']
      : []),
  ]);
}

function pinOf(tool: Tool): string {
  if (tool.pin === null) return 'not pinned';
  return tool.pin === tool.version ? 'as pinned' : `pinned to ${tool.pin}`;
}

function cgoOf(tool: Tool): string {
  if (tool.cgo === null) return 'unknown';
  return tool.cgo ? 'yes' : 'no';
}

function remedyOf(tool: Tool): string {
  return tool.origin === 'module'
    ? 'install a C compiler (gcc or clang) and run "dbcheck tools"'
    : 'install one that was built with a C compiler';
}
