import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from '../config/project.ts';
import { CheckError } from '../errors.ts';

/**
 * Makes sure that what a command's scratch tree links to is there.
 *
 * @param root the absolute top of the work tree
 * @throws CheckError `link-missing` at the link's place
 */
export function requireLinks(project: Project, root: string): void {
  const { extract } = project.steps;
  if (extract.kind !== 'command') return;
  for (const [index, link] of extract.links.entries()) {
    if (existsSync(join(root, link))) continue;
    throw new CheckError('link-missing', `\`${link}\` in \`steps.extract.links\` is not in the work tree`, {
      place: project.place(`steps.extract.links.${index}`),
      hint: 'make it, such as with npm ci, or remove it from `links`',
    });
  }
}
