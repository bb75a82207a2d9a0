import { expect } from 'vitest';
import { replaced } from './excerpts.ts';
import { edit, fixStaged, type Scenario } from './scenario.ts';
import { madePaths, type ShopDialect } from './shop-dialect.ts';

/** What a commit is refused for in the HCL of a dialect. */
export function schemaScenarios(dialect: ShopDialect): readonly Scenario[] {
  const { name, paths, regionCode } = dialect;
  const hclOf = { orders: paths.ordersHcl, stock: paths.stockHcl };
  const refused = dialect.invalidSchemas.map(
    ({ name: what, database, edit: [from, to], at }): Scenario => ({
      name: `schema/invalid: ${what}`,
      violate: (shop) => edit(shop, hclOf[database], from, to),
      rule: 'schema/invalid',
      target: `${name}/${database}`,
      at: `${hclOf[database]}:${at}`,
      because: /the rest of this target was not compared/,
      diff: null,
      mend: (shop) => edit(shop, hclOf[database], to, from),
      restores: true,
    }),
  );
  return [
    ...refused,
    {
      name: 'schema/unformatted: HCL that is not as Atlas writes it',
      violate: (shop) => edit(shop, paths.stockHcl, '    type = text', '    type   =   text'),
      rule: 'schema/unformatted',
      target: `${name}/stock`,
      at: `${paths.stockHcl}:${dialect.textLine}:1`,
      because: /atlas schema fmt/,
      diff: /^- {4}type {3}= {3}text\n\+ {4}type = text/m,
      mend: 'as told',
      restores: true,
    },
    {
      name: 'parity/shared-object: a table that is not the same in two databases of one package',
      violate: async (shop) => {
        await edit(shop, paths.stockHcl, 'varchar(8)', 'varchar(9)');
        expect(await fixStaged(shop, 1)).toContain('error[parity/shared-object]');
      },
      rule: 'parity/shared-object',
      target: `${name}/stock`,
      at: `${paths.stockHcl}:${dialect.sharedTable}`,
      because: new RegExp(`${name}/orders defines it first`),
      diff: replaced(regionCode[1], regionCode[0]),
      folded: [`schema/invalid ${paths.stockSchema}:1:1`],
      mend: async (shop) => {
        await edit(shop, paths.ordersHcl, 'varchar(8)', 'varchar(9)');
        await fixStaged(shop);
      },
      holds: { [madePaths(paths).stockBaseline]: regionCode[1], [paths.ordersSchema]: regionCode[1] },
    },
  ];
}
