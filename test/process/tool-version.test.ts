import { describe, expect, it } from 'vitest';
import { readBuildInfo, readVersionAnswer, sameVersion } from '../../src/process/tool-version.ts';

describe('readVersionAnswer', () => {
  it.each([
    ['sqlc', 'v1.31.1\n', 'v1.31.1'],
    ['sqlc', '1.29.0', 'v1.29.0'],
    ['atlas', 'atlas version v0.13.1\nhttps://github.com/ariga/atlas/releases/tag/v0.13.1\n', 'v0.13.1'],
    ['atlas', 'atlas community version v0.36.3-4a61f1e-canary\n', 'v0.36.3-4a61f1e-canary'],
    ['atlas', 'atlas community version - development\nhttps://example.org/v1.2.3\n', null],
    ['atlas', 'atlas unofficial version v1.2.3\n', 'v1.2.3'],
  ] as const)('reads what %s says: %j', (name, text, version) => {
    expect(readVersionAnswer(name, text)).toEqual({ kind: 'answer', version });
  });

  it.each([
    ['sqlc', ''],
    ['sqlc', 'usage: v1.2.3'],
    ['sqlc', 'Python 3.11.2'],
    ['atlas', 'v1.2.3'],
    ['atlas', 'atlasian version 1.2.3'],
    ['atlas', 'Usage: atlas version'],
  ] as const)('does not take for %s what says %j', (name, text) => {
    expect(readVersionAnswer(name, text)).toEqual({ kind: 'garbage' });
  });
});

describe('readBuildInfo', () => {
  it('reads the module version and cgo', () => {
    const text =
      'bin: go1.26.0\n\tpath\tx.org/a/cmd/a\n\tmod\tx.org/a\tv0.13.1\th1:abc=\n\tdep\tx.org/b\tv9.0.0\th1:x=\n\tbuild\tCGO_ENABLED=0\n';
    expect(readBuildInfo(text)).toEqual({ version: 'v0.13.1', cgo: false });
  });

  it('knows no version of what was built from a folder', () => {
    const text = 'bin: go1.26.0\n\tpath\tx.org/a\n\tmod\tx.org/a\t(devel)\t\n\tbuild\tCGO_ENABLED=1\n';
    expect(readBuildInfo(text)).toEqual({ version: null, cgo: true });
  });

  it('is null for another program', () => {
    expect(readBuildInfo('bin: not a Go executable\n')).toBeNull();
  });
});

describe('sameVersion', () => {
  it('does not mind a v in front, and nothing else', () => {
    expect(sameVersion('v1.31.1', '1.31.1')).toBe(true);
    expect(sameVersion('v1.31.1', 'v1.31.10')).toBe(false);
    expect(sameVersion('v1.31.1', 'v1.31')).toBe(false);
  });
});
