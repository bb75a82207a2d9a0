import { expect, it } from 'vitest';
import type { Tool } from '../../src/process/tool.ts';
import { toolsReport } from '../../src/process/tools-report.ts';

const atlas: Tool = {
  name: 'atlas',
  path: '/bin/atlas',
  version: 'v0.13.1',
  pin: 'v0.13.1',
  origin: 'module',
  lookup: { kind: 'module', memoryKey: 'module-atlas' },
  digest: 'ab',
  cgo: true,
};

it('says what was found where', () => {
  expect(toolsReport([atlas])).toEqual(['atlas v0.13.1 (as pinned; from go.mod; cgo yes)', '  /bin/atlas']);
});

it('says how to get a faster sqlc', () => {
  const sqlc: Tool = { ...atlas, name: 'sqlc', path: '/bin/sqlc', cgo: false };
  expect(toolsReport([sqlc])).toEqual([
    'sqlc v0.13.1 (as pinned; from go.mod; cgo no)',
    '  /bin/sqlc',
    '  built without cgo: each run on Postgres takes about 2 s in place of 0.04 s; install a C compiler (gcc or clang) and run "dbcheck tools"',
  ]);
});

it('says what is not known', () => {
  const shim: Tool = { ...atlas, version: null, pin: null, origin: 'path', cgo: null, digest: 'unproven:1' };
  expect(toolsReport([shim])).toEqual([
    'atlas of unknown version (not pinned; from PATH; cgo unknown)',
    '  /bin/atlas',
    '  a script or a shim: no result is remembered, since its bytes do not tell which program runs',
  ]);
});

it('names both versions where the pin is met by the module alone', () => {
  const [line] = toolsReport([{ ...atlas, pin: 'v0.13.2-0.20260101000000-abcdefabcdef' }]);
  expect(line).toContain('atlas v0.13.1 (pinned to v0.13.2-0.20260101000000-abcdefabcdef;');
});
