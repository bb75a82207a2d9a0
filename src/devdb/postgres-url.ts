/** A Postgres URL in the parts that are changed here; the rest stays as its writer escaped it. */
interface PostgresUrl {
  /** `postgres://user:password@host:port`. */
  readonly authority: string;
  /** Still escaped, without the slash. */
  readonly database: string;
  readonly parameters: URLSearchParams;
}

/** Points a server's URL at another database, in Atlas's two ways: with names qualified by their schema or without. */
export function databaseUrl(
  server: string,
  database: string,
  options: { readonly qualified: boolean },
): string {
  const { authority, parameters } = split(server);
  // Atlas is in realm mode, where it writes qualified names, exactly where the URL has no search_path.
  parameters.delete('search_path');
  if (!options.qualified) parameters.set('search_path', 'public');
  const query = parameters.toString();
  return `${authority}/${encodeURIComponent(database)}${query === '' ? '' : `?${query}`}`;
}

/**
 * The same server for the client library, which must understand the URL as Atlas does: encrypted unless it says
 * otherwise, and `require` asks for no certificate that can be verified.
 */
export function clientUrl(server: string): string {
  const { authority, database, parameters } = split(server);
  parameters.delete('search_path');
  const onSocket = parameters.get('host')?.startsWith('/') ?? false;
  if (!parameters.has('sslmode')) parameters.set('sslmode', onSocket ? 'disable' : 'require');
  parameters.set('uselibpqcompat', 'true');
  return `${authority}/${database}?${parameters}`;
}

function split(url: string): PostgresUrl {
  const found = /^([^/?#]*\/\/[^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?/.exec(url);
  return {
    authority: found?.[1] ?? url,
    database: found?.[2] ?? '',
    parameters: new URLSearchParams(found?.[3] ?? ''),
  };
}
