import { describe, expect, it } from 'vitest';
import { maskUrl } from '../../src/devdb/mask-url.ts';

describe('maskUrl', () => {
  it.each([
    ['postgres://u:secret@h:5432/db?a=b', 'postgres://u:***@h:5432/db?a=b'],
    ['cannot reach postgres://u:secret@h/db: refused', 'cannot reach postgres://u:***@h/db: refused'],
    ['postgres://u:se@cr:e/t?#@h/db', 'postgres://u:***@h/db'],
    ['mysql+unix://root:secret@/tmp/s.sock', 'mysql+unix://root:***@/tmp/s.sock'],
    ['postgres://:secret@h/db', 'postgres://:***@h/db'],
    ['parse "postgres://u:secret@h": no', 'parse "postgres://u:***@h": no'],
    ['postgres://h/db?user=u&password=secret&x=1', 'postgres://h/db?user=u&password=***&x=1'],
    [`host=h password='se cret' user=u`, 'host=h password=*** user=u'],
  ])('%s', (text, masked) => {
    expect(maskUrl(text)).toBe(masked);
  });

  it.each([
    'postgres://u@h/db',
    'docker://postgres/17/dev',
    'http://localhost:8080/x and a@b',
    'tools/atlas/go.mod:3:1: bad',
  ])('leaves %s as it is', (text) => {
    expect(maskUrl(text)).toBe(text);
  });
});
