import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { currentOwner, formatOwner, ownerStates, parseOwner } from '../../src/process/owner.ts';

describe('an owner', () => {
  it('survives being part of a name', async () => {
    const owner = await currentOwner();
    expect(parseOwner(`prefix-${formatOwner(owner)}-abc`, 'prefix-')).toEqual(owner);
    expect(parseOwner(`prefix_${formatOwner(owner)}_1_keygen`, 'prefix_')).toEqual(owner);
  });

  it('is not seen in names of another form', async () => {
    const text = formatOwner(await currentOwner());
    expect(parseOwner(text, 'prefix-')).toBeUndefined();
    expect(parseOwner('dbcheck-notes', 'dbcheck-')).toBeUndefined();
    expect(parseOwner(`dbcheck-${text}ff`, 'dbcheck-')).toBeUndefined();
  });

  it('is alive while its process runs and gone afterwards', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    await once(child, 'spawn');
    const self = await currentOwner();
    const sameStart = { ...self, pid: child.pid ?? 0 };
    expect(await ownerStates([self])).toEqual(['alive']);
    // The pid lives, but it is not the process that the start time belongs to.
    expect(await ownerStates([sameStart])).toEqual(['gone']);
    child.stdin.end();
    await once(child, 'exit');
    expect(await ownerStates([sameStart, self])).toEqual(['gone', 'alive']);
  });

  it('is gone when its pid was given to another process', async () => {
    const self = await currentOwner();
    expect(await ownerStates([{ ...self, start: '0badcafe' }])).toEqual(['gone']);
  });

  it('is not judged from another machine', async () => {
    const self = await currentOwner();
    expect(await ownerStates([{ ...self, pid: 1, host: '0badca' }])).toEqual(['foreign']);
  });
});
