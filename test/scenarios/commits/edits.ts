import type { Shop } from '../shop.ts';
import { POSTS, POSTS_CODE, USERS, USERS_CODE } from './hooked-shop.ts';
import type { Changes } from './scenario.ts';

type Edit = (before: string) => string;

/** One more query in a file, which makes the code beside it stale. */
export const moreUsers: Edit = (text) =>
  `${text}\n-- name: DeleteUser :exec\nDELETE FROM users WHERE id = $1;\n`;
export const morePosts: Edit = (text) =>
  `${text}\n-- name: DeletePost :exec\nDELETE FROM posts WHERE id = $1;\n`;

/** What sqlc makes of it. */
export const moreUsersCode: Edit = (code) =>
  code.replace('const getUser', `${deleteCode('User', 'users')}const getUser`);
export const morePostsCode: Edit = (code) =>
  code.replace('const listPosts', `${deleteCode('Post', 'posts')}const listPosts`);

function deleteCode(name: string, table: string): string {
  return `const delete${name} = \`-- name: Delete${name} :exec
DELETE FROM ${table} WHERE id = $1
\`

func (q *Queries) Delete${name}(ctx context.Context, id int64) error {
	_, err := q.db.ExecContext(ctx, delete${name}, id)
	return err
}

`;
}

/** A change of a query file that leaves its code as it is. */
export const blank: Edit = (text) => `\n${text}`;

/** A line of the schema of stock as `dbcheck fmt` would not leave it, and back. */
export const misformat: Edit = (hcl) => hcl.replace('  column "name"', '      column "name"');
export const reformat: Edit = (hcl) => hcl.replace('      column "name"', '  column "name"');

export const MORE_USERS: Changes = { [USERS]: moreUsers };
export const MORE_USERS_CODE: Changes = { [USERS_CODE]: moreUsersCode };
export const MORE_POSTS: Changes = { [POSTS]: morePosts };
export const MORE_POSTS_CODE: Changes = { [POSTS_CODE]: morePostsCode };

/** Edits files on disk. */
export async function edit(
  shop: Shop,
  changes: Readonly<Record<string, Edit | string | null>>,
): Promise<void> {
  for (const [path, change] of Object.entries(changes)) {
    const content = typeof change === 'function' ? change((await shop.read(path)).toString()) : change;
    await shop.write({ [path]: content });
  }
}

/** Edits files on disk and stages all of the work tree. */
export async function stage(shop: Shop, changes: Parameters<typeof edit>[1]): Promise<void> {
  await edit(shop, changes);
  await shop.git('add', '--all');
}
