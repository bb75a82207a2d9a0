import { AT } from '../example-files.ts';
import type { RulePage } from '../page.ts';
import { postgresQueries } from './example-queries.ts';

/** The shop with a table of lists. */
function queriesOfLists(...lines: readonly string[]): Readonly<Record<string, string>> {
  const files = postgresQueries(lines);
  const table =
    'CREATE TABLE notes (\n  id bigint NOT NULL PRIMARY KEY,\n  tags text[] NOT NULL,\n  allowed text[] NOT NULL\n);\n';
  return { ...files, [AT.sqlcSchema]: `${files[AT.sqlcSchema]}${table}` };
}

export const page: RulePage = {
  wants:
    'In a query for Postgres no operator stands right before the `@` of a named parameter. An operator that Postgres or one of its extensions has, such as `<@`, may stand right before the name of a column.',
  why: 'Postgres reads `status=@status` as `status =@ status`, with an operator `=@`. sqlc does the same, and makes a function without that argument, without a word: the query fails once it runs, or, as `id <@top` may, asks something else.',
  bad: [
    {
      files: postgresQueries(['-- name: ListOrders :many', 'SELECT id FROM orders WHERE status=@status;']),
      finds: [`${AT.queries}:2:35`],
    },
    {
      title: 'other operators, and a cast',
      files: postgresQueries([
        '-- name: ListOrders :many',
        'SELECT id FROM orders WHERE id >=@low::bigint AND id!=@other + 1 AND status||@suffix = $1;',
      ]),
      finds: [`${AT.queries}:2:32`, `${AT.queries}:2:53`, `${AT.queries}:2:76`],
    },
    {
      title: 'an operator that Postgres has, before a name that no column has',
      files: queriesOfLists('-- name: ListNotes :many', 'SELECT id FROM notes WHERE id <@top;'),
      finds: [`${AT.queries}:2:31`],
    },
    {
      title: 'a column within itself',
      files: queriesOfLists('-- name: ListNotes :many', 'SELECT id FROM notes WHERE id <@id;'),
      finds: [`${AT.queries}:2:31`],
    },
  ],
  good: [
    {
      files: postgresQueries(['-- name: ListOrders :many', 'SELECT id FROM orders WHERE status = @status;']),
    },
    {
      title: 'operators of Postgres that are meant',
      files: queriesOfLists(
        '-- name: ListAllowed :many',
        "SELECT id FROM notes WHERE tags <@allowed AND tags<@ARRAY['a', 'b'] AND tags <@ @most::text[];",
        '-- name: ListWithin :many',
        'SELECT id FROM (SELECT id, tags AS inner_tags, allowed AS outer_tags FROM notes) n WHERE inner_tags <@outer_tags;',
      ),
    },
    {
      title: 'an operator of the database, that the option names',
      files: {
        ...queriesOfLists('-- name: ListNotes :many', 'SELECT id FROM notes WHERE tags &@allowed;'),
        'dbcheck.config.yaml': "rules:\n  query/lost-parameter: [error, {operators: ['&@']}]\n",
      },
    },
    {
      title: 'signs that are none of an operator',
      files: postgresQueries([
        '-- name: ListOrders :many',
        "SELECT id FROM orders WHERE status=/* equal */@status AND id IN(@first,@second) AND status <> 'a=@b';",
      ]),
    },
  ],
};
