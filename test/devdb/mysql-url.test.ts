import { describe, expect, it } from 'vitest';
import { databaseUrl, mysqlAddress, namesMariadb } from '../../src/devdb/mysql-url.ts';

describe('the URL of a server of the MySQL family', () => {
  it.each([
    ['mysql://u:p@h:3307/old?tls=true', 'mysql://u:p@h:3307/new?tls=true'],
    ['mysql://u@h', 'mysql://u@h/new'],
    ['maria://u@[::1]:3306/', 'maria://u@[::1]:3306/new'],
    ['mysql+unix://root@/run/s.sock', 'mysql+unix://root@/run/s.sock?database=new'],
    ['mysql+unix:///run/s.sock?database=old&a=b', 'mysql+unix:///run/s.sock?a=b&database=new'],
  ])('%s is pointed at another database', (url, expected) => {
    expect(databaseUrl(url, 'new')).toBe(expected);
  });

  it.each([
    ['mysql://u:p%40q@h:3307/old?tls=true', 'u', 'p@q', { host: 'h', port: 3307 }, 'verified'],
    ['maria://u@[::1]', 'u', '', { host: '::1', port: 3306 }, 'none'],
    ['mysql://h/db?tls=skip-verify', '', '', { host: 'h', port: 3306 }, 'unverified'],
    ['mysql+unix://root@/run/my%20s.sock?database=d', 'root', '', { socketPath: '/run/my s.sock' }, 'none'],
    ['maria+unix:///run/s.sock', '', '', { socketPath: '/run/s.sock' }, 'none'],
  ])('%s is read as Atlas reads it', (url, user, password, at, encryption) => {
    expect(mysqlAddress(url)).toEqual({ user, password, at, encryption });
  });

  it.each([
    ['mysql://h', false],
    ['mysql+unix:///maria', false],
    ['maria://h', true],
    ['mariadb+unix:///s', true],
  ])('%s may ask for MariaDB: %s', (url, expected) => {
    expect(namesMariadb(url)).toBe(expected);
  });
});
