import type { Files } from '../support/repository.ts';
import { toolModules } from './shop.ts';

/** A repository with sqlc alone: the schema is written by people, so that no database is needed to check it. */
export const QUERY_PATHS = {
  config: 'tools/sqlc/sqlc_postgres.yml',
  schema: 'tools/sqlc/schemas/postgres/app.sql',
  users: 'tools/sqlc/queries/postgres/users.sql',
  posts: 'tools/sqlc/queries/postgres/posts.sql',
  out: 'internal/store',
  usersCode: 'internal/store/users.sql.go',
  postsCode: 'internal/store/posts.sql.go',
} as const;

export const APP_SCHEMA = `CREATE TABLE users (
  id bigint PRIMARY KEY,
  name text NOT NULL
);

CREATE TABLE posts (
  id bigint PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users (id),
  title text NOT NULL
);
`;

export const USER_QUERIES = `-- name: GetUser :one
SELECT * FROM users WHERE id = $1;
`;

const POST_QUERIES = `-- name: ListPosts :many
SELECT id, title FROM posts WHERE user_id = $1 ORDER BY id;
`;

/** A second query, which makes the code of the file that it is written to stale. */
export const ONE_MORE_USER_QUERY = `${USER_QUERIES}
-- name: DeleteUser :exec
DELETE FROM users WHERE id = $1;
`;
export const ONE_MORE_POST_QUERY = `${POST_QUERIES}
-- name: DeletePost :exec
DELETE FROM posts WHERE id = $1;
`;

/** The text of an sqlc configuration for Postgres, version 2. */
export function sqlcYaml(paths: { schema: string; queries: string; out: string; name?: string }): string {
  return `version: "2"
sql:
  - engine: postgresql
    schema: ${paths.schema}
    queries: ${paths.queries}
    gen:
      go:
        package: ${paths.name ?? 'store'}
        out: ${paths.out}
`;
}

/** The sources of that repository, in the default layout below a folder. */
export async function querySources(folder = ''): Promise<Files> {
  const modules = await toolModules();
  const files: Files = {
    [QUERY_PATHS.config]: sqlcYaml({
      schema: 'schemas/postgres/app.sql',
      queries: 'queries/postgres',
      out: '../../internal/store',
    }),
    [QUERY_PATHS.schema]: APP_SCHEMA,
    [QUERY_PATHS.users]: USER_QUERIES,
    [QUERY_PATHS.posts]: POST_QUERIES,
    'tools/sqlc/go.mod': modules['tools/sqlc/go.mod'] ?? null,
    'tools/sqlc/go.sum': modules['tools/sqlc/go.sum'] ?? null,
  };
  const below = folder === '' ? '' : `${folder}/`;
  return {
    '.gitignore': 'node_modules/\n',
    ...Object.fromEntries(Object.entries(files).map(([path, content]) => [below + path, content])),
  };
}
