import { DIALECTS } from '../../src/config/dialect-names.ts';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { dialectOf } from '../../src/dialects/dialects.ts';
import { reportJsonSchema } from '../../src/report/json-definition.ts';
import { familyOf, LISTED_RULES } from '../../src/rules/listing.ts';
import { allowedBlocks, allowedTypes, rewriteTable, sqliteTypeTable } from './dialect-tables.ts';
import { schemaTable } from './schema-table.ts';

/** What stands between the marks of a document, by the region's name. */
const REGIONS: Readonly<Record<string, () => string>> = {
  rules: () => {
    const families = [...new Set(LISTED_RULES.map(familyOf))];
    const rows = families.map((family) => {
      const rules = LISTED_RULES.filter((rule) => familyOf(rule) === family);
      const names = rules.map((rule) => `[${rule.slice(family.length + 1)}](docs/rules/${rule}.md)`);
      return `| ${family} | ${names.join(' · ')} |`;
    });
    return ['| family | rules |', '|---|---|', ...rows].join('\n');
  },
  dialects: () => {
    const checked = DIALECTS.filter((name) => isChecked(() => dialectOf(name)));
    const others = DIALECTS.filter((name) => !checked.includes(name));
    const refused = `${listed(others)}: not checked yet: such a target is exit 2, never a pass.`;
    return [
      `- Dialects that are checked: ${listed(checked)}.`,
      ...(others.length === 0 ? [] : [`- ${refused}`]),
    ].join('\n');
  },
  configuration: () => schemaTable(configJsonSchema()),
  report: () => schemaTable(reportJsonSchema()),
  rewrites: rewriteTable,
  blocks: allowedBlocks,
  types: allowedTypes,
  sqlite: sqliteTypeTable,
};

/** The documents that have such regions, relative to the project. */
export const MADE_DOCUMENTS = [
  'README.md',
  'docs/configuration.md',
  'docs/json.md',
  'docs/mysql-through-mariadb.md',
  'docs/sqlite.md',
];

const REGION = /(<!-- ([a-z]+): made by `npm run docs` -->\n).*?(<!-- end -->)/gs;

/**
 * A document with every marked region made anew.
 *
 * @throws Error for a region of a name that nothing makes
 */
export function withFreshRegions(document: string): string {
  return document.replaceAll(REGION, (_, start: string, name: string, end: string) => {
    const make = REGIONS[name];
    if (make === undefined) throw new Error(`nothing makes the region "${name}"`);
    return `${start}${make()}\n${end}`;
  });
}

function isChecked(dialect: () => unknown): boolean {
  try {
    dialect();
    return true;
  } catch {
    return false;
  }
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
