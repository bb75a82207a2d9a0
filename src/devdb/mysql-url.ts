/** Where a server of the MySQL family listens, and as whom to come: for the client library. */
export interface MysqlAddress {
  readonly user: string;
  readonly password: string;
  readonly at: { readonly socketPath: string } | { readonly host: string; readonly port: number };
  /** `verified` where the certificate counts. */
  readonly encryption: 'none' | 'unverified' | 'verified';
}

/** A URL in the parts that are changed here; the rest stays as its writer escaped it. */
interface MysqlUrl {
  /** `mysql+unix://user:password@` with the socket's path, or `mysql://user:password@host:port`. */
  readonly server: string;
  readonly onSocket: boolean;
  readonly parameters: URLSearchParams;
}

/** The schemes of Atlas's URLs for servers of the MySQL family. */
export const MYSQL_SCHEMES = ['mysql', 'mysql+unix', 'maria', 'maria+unix', 'mariadb', 'mariadb+unix'];

const PORT = 3306;

/** Points a server's URL at another database. */
export function databaseUrl(url: string, database: string): string {
  const { server, onSocket, parameters } = split(url);
  // The path of a URL with +unix is the socket's.
  if (onSocket) parameters.set('database', database);
  const query = parameters.toString();
  return `${server}${onSocket ? '' : `/${encodeURIComponent(database)}`}${query === '' ? '' : `?${query}`}`;
}

/** Whether the scheme itself says that plans are to be MariaDB's own. */
export function namesMariadb(url: string): boolean {
  return /^maria(db)?(\+unix)?:/i.test(url);
}

/**
 * The server's address, understood as Atlas's Go driver does: not encrypted unless `tls` says so.
 *
 * @throws TypeError where it is not a URL
 */
export function mysqlAddress(url: string): MysqlAddress {
  const { onSocket, parameters } = split(url);
  // The URL of a socket has no host, which this parser wants behind a user.
  const parsed = new URL(url.replace(/^[^:]+:\/\/([^/@]*@)?(?=\/)/, '$&socket').replace(/^[^:]+:/, 'mysql:'));
  const tls = parameters.get('tls') ?? 'false';
  return {
    user: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    at: onSocket
      ? { socketPath: decodeURIComponent(parsed.pathname) }
      : { host: parsed.hostname.replace(/^\[|\]$/g, ''), port: Number(parsed.port || PORT) },
    encryption: tls === 'false' || tls === 'preferred' ? 'none' : tls === 'true' ? 'verified' : 'unverified',
  };
}

function split(url: string): MysqlUrl {
  const onSocket = /^[a-z]+\+unix:/i.test(url);
  const [, authority = url, path = '', query = ''] =
    /^([^/?#]*\/\/[^/?#]*)(\/[^?#]*)?(?:\?([^#]*))?/.exec(url) ?? [];
  const parameters = new URLSearchParams(query);
  if (onSocket) parameters.delete('database');
  return { server: onSocket ? `${authority}${path}` : authority, onSocket, parameters };
}
