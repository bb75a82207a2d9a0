import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openTranscript } from '../../tools/demo/transcript.ts';

describe('a transcript', () => {
  let printed = '';
  const session = openTranscript(tmpdir(), process.env, false);
  beforeEach(() => {
    printed = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      printed += String(text);
      return true;
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('echoes a command as it would be typed, and what it prints', async () => {
    await session.command(['printf', '%s', "it's here"]);
    expect(printed).toBe("$ printf %s 'it'\\''s here'\nit's here");
  });

  it('counts the lines that it does not show, and holds against them all the same', async () => {
    await session.command(['seq', '9'], { exitCode: 0, shown: 2, says: ['5'] });
    expect(printed).toBe('$ seq 9\n1\n2\n… 6 more lines\n9\n');
    printed = '';
    await session.command(['seq', '4'], { exitCode: 0, shown: 2 });
    expect(printed).toBe('$ seq 4\n1\n2\n3\n4\n');
  });

  it('accepts an exit code that is expected', async () => {
    await session.command(['sh', '-c', 'exit 3'], { exitCode: 3 });
    expect(printed).toContain('exit 3');
  });

  it('fails at any other exit code, and says which', async () => {
    await expect(session.command(['sh', '-c', 'exit 3'])).rejects.toThrow(
      "sh -c 'exit 3': exited with 3, and 0 was expected",
    );
  });

  it('fails where a text is not said', async () => {
    const expected = { exitCode: 0, says: ['one', 'three'] };
    await expect(session.command(['echo', 'one two'], expected)).rejects.toThrow('did not say "three"');
  });

  it('fails where silence is broken', async () => {
    const expected = { exitCode: 0, silent: true };
    await expect(session.command(['sh', '-c', 'echo x >&2'], expected)).rejects.toThrow('silence');
  });
});
