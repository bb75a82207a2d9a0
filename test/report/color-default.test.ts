import { describe, expect, it } from 'vitest';
import { colorsByDefault } from '../../src/report/color-default.ts';

describe('color where no option says so', () => {
  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ FORCE_COLOR: 'false' }, true, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, false],
  ])('%o, terminal: %s -> %s', (env, isTerminal, expected) => {
    expect(colorsByDefault(env, isTerminal)).toBe(expected);
  });
});
