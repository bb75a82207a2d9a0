import { describe, expect, it } from 'vitest';
import { clientUrl, databaseUrl } from '../../src/devdb/postgres-url.ts';

describe('databaseUrl', () => {
  it.each([
    [
      'postgres://u:p%40@h:5432/dev?sslmode=disable',
      false,
      'postgres://u:p%40@h:5432/x?sslmode=disable&search_path=public',
    ],
    ['postgres://u@h/dev?search_path=other&sslmode=disable', true, 'postgres://u@h/x?sslmode=disable'],
    ['postgres://u@h', true, 'postgres://u@h/x'],
    ['postgres://u@h?sslmode=disable', true, 'postgres://u@h/x?sslmode=disable'],
    ['postgres://u@/dev?host=/run/pg', false, 'postgres://u@/x?host=%2Frun%2Fpg&search_path=public'],
  ])('%s, qualified %s', (url, qualified, expected) => {
    expect(databaseUrl(url, 'x', { qualified })).toBe(expected);
  });
});

describe('clientUrl', () => {
  it.each([
    ['postgres://u@h/dev', 'postgres://u@h/dev?sslmode=require&uselibpqcompat=true'],
    [
      'postgres://u@h/dev?sslmode=disable&search_path=x',
      'postgres://u@h/dev?sslmode=disable&uselibpqcompat=true',
    ],
    ['postgres://u@/dev?host=/run', 'postgres://u@/dev?host=%2Frun&sslmode=disable&uselibpqcompat=true'],
  ])('%s', (url, expected) => {
    expect(clientUrl(url)).toBe(expected);
  });
});
