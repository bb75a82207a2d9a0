import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'docs/configuration.md',
  'docs/json.md',
  'docs/merges.md',
  'docs/mysql-through-mariadb.md',
  'docs/sqlite.md',
  'docs/atlas-versions.md',
];

/** The absolute path of a file of the project. */
export function projectPath(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

export async function readDocument(path: string): Promise<string> {
  return readFile(projectPath(path), 'utf8');
}

/** The contents of a document's code blocks of a language. */
export function codeBlocks(document: string, language: string): readonly string[] {
  const blocks = document.matchAll(/^```(\w+)\n(.*?)^```$/gms);
  return [...blocks].filter(([, name]) => name === language).map(([, , text]) => text ?? '');
}
