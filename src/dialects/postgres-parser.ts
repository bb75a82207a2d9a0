import { compileParsersOnce } from '../process/v8-settings.ts';

/** Postgres's own parser, ready to parse. */
export async function postgresParser(): Promise<typeof import('libpg-query')> {
  compileParsersOnce();
  const parser = await import('libpg-query');
  await parser.loadModule();
  return parser;
}
