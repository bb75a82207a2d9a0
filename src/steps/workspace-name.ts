import { createHash } from 'node:crypto';

/**
 * A folder name for a target. Ids hold slashes and may hold `..`, which sqlc refuses in an absolute path; `a/b.yml`
 * and `a-b.yml` must not meet.
 */
export function workspaceName(id: string): string {
  const digest = createHash('sha256').update(id).digest('hex').slice(0, 8);
  return `${id.replace(/[^A-Za-z0-9_]+/g, '-').slice(-60)}-${digest}`;
}
