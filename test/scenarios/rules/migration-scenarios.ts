import { expect } from 'vitest';
import { added, removed, replaced } from './excerpts.ts';
import { dropStock, edit, fixStaged, restore, type Scenario, stage } from './scenario.ts';
import { BASELINE, madePaths, type ShopDialect } from './shop-dialect.ts';

/** What a commit is refused for in the migrations of a dialect. */
export function migrationScenarios(dialect: ShopDialect): readonly Scenario[] {
  const { name, paths, longerStatus, biggerAmount } = dialect;
  const made = madePaths(paths);
  const second = `${paths.ordersMigrations}/20240101000000_add_note.sql`;
  const older = `${paths.ordersMigrations}/00000000000000_a.sql`;
  const archived = `${paths.ordersMigrations}/archive/20230101000000_first.sql`;
  const stockNotes = `${paths.stockMigrations}/notes.md`;
  const notes = `${paths.ordersMigrations}/notes.md`;

  return [
    {
      name: 'migration/stale: the schema changes and its baseline does not',
      violate: (shop) => edit(shop, paths.ordersHcl, ...longerStatus.hcl),
      rule: 'migration/stale',
      target: `${name}/orders`,
      at: `${made.ordersBaseline}:${longerStatus.line.baseline}:1`,
      because: /orders\.hcl changed; this file did not/,
      diff: replaced(...longerStatus.sql),
      folded: [
        `migration/checksum-mismatch ${made.ordersSum}:1:1`,
        `generated/stale ${paths.ordersSchema}:${longerStatus.line.schema}:1`,
      ],
      mend: 'as told',
      holds: { [made.ordersBaseline]: longerStatus.sql[1], [paths.ordersSchema]: longerStatus.sql[1] },
    },
    {
      name: 'migration/stale: the Go code follows the schema too',
      violate: (shop) => edit(shop, paths.stockHcl, ...biggerAmount.hcl),
      rule: 'migration/stale',
      target: `${name}/stock`,
      at: `${made.stockBaseline}:${biggerAmount.line.baseline}:1`,
      because: /stock\.hcl changed; this file did not/,
      diff: added(biggerAmount.sql),
      folded: [
        `migration/checksum-mismatch ${made.stockSum}:1:1`,
        `generated/stale ${paths.stockSchema}:${biggerAmount.line.schema}:1`,
        `generated/stale ${made.models}:${biggerAmount.line.models}:1`,
      ],
      mend: 'as told',
      holds: { [made.stockBaseline]: biggerAmount.sql, [made.models]: 'Amount int64' },
    },
    {
      name: 'migration/stale: the baseline is edited by hand',
      violate: (shop) => edit(shop, made.ordersBaseline, longerStatus.sql[0], longerStatus.byHand),
      rule: 'migration/stale',
      target: `${name}/orders`,
      at: `${made.ordersBaseline}:${longerStatus.line.baseline}:1`,
      because: /edited by hand/,
      diff: removed(longerStatus.byHand),
      mend: 'as told',
      restores: true,
    },
    {
      name: 'migration/missing: the baseline is deleted',
      violate: (shop) => stage(shop, { [made.ordersBaseline]: null }),
      rule: 'migration/missing',
      target: `${name}/orders`,
      at: made.ordersBaseline,
      because: /deleted while its schema stayed/,
      diff: null,
      mend: 'as told',
      restores: true,
    },
    {
      name: 'migration/missing: the checksums are deleted',
      violate: (shop) => stage(shop, { [made.stockSum]: null }),
      rule: 'migration/missing',
      target: `${name}/stock`,
      at: made.stockSum,
      because: /deleted while its schema stayed/,
      diff: null,
      mend: 'as told',
      restores: true,
    },
    {
      name: 'migration/multiple-baselines: a second migration, with the checksums that fit it',
      violate: async (shop) => {
        const sum = (await shop.read(made.ordersSum)).toString();
        await stage(shop, {
          [second]: 'ALTER TABLE orders ADD COLUMN note text;\n',
          [made.ordersSum]: `${sum}20240101000000_add_note.sql h1:0000000000000000000000000000000000000000000=\n`,
        });
      },
      rule: 'migration/multiple-baselines',
      target: `${name}/orders`,
      at: second,
      because: /initial_schema\.sql is kept: it is in HEAD/,
      diff: null,
      folded: [`migration/checksum-mismatch ${made.ordersSum}:3:1`],
      mend: 'as told',
      restores: true,
    },
    {
      name: 'migration/multiple-baselines: one that sorts before the one in HEAD',
      violate: (shop) => stage(shop, { [older]: 'SELECT 1;\n' }),
      rule: 'migration/multiple-baselines',
      target: `${name}/orders`,
      at: older,
      because: /initial_schema\.sql is kept: it is in HEAD/,
      diff: null,
      folded: [`migration/duplicate-version ${made.ordersBaseline}`],
      mend: 'as told',
      restores: true,
      holds: { [older]: null },
    },
    {
      name: 'migration/checksum-mismatch: the checksums are edited alone',
      violate: async (shop) => {
        const [first = ''] = (await shop.read(made.ordersSum)).toString().split('\n');
        await stage(shop, {
          [made.ordersSum]: `${first}\n${BASELINE} h1:0000000000000000000000000000000000000000000=\n`,
        });
      },
      rule: 'migration/checksum-mismatch',
      target: `${name}/orders`,
      at: `${made.ordersSum}:2:1`,
      because: /does not fit the migrations beside it/,
      diff: /^-.*h1:0{43}=/m,
      mend: 'as told',
      restores: true,
    },
    {
      name: 'migration/unexpected-file: a file that is no migration',
      violate: (shop) => stage(shop, { [notes]: 'why it is so\n' }),
      rule: 'migration/unexpected-file',
      target: `${name}/orders`,
      at: notes,
      because: /only one \.sql file and atlas\.sum/,
      diff: null,
      mend: async (shop) => {
        // Whatever dbcheck did not make is not its to delete.
        expect(await fixStaged(shop, 1)).toContain('migration/unexpected-file');
        expect((await shop.read(notes)).toString()).toBe('why it is so\n');
        await shop.git('mv', notes, 'notes.md');
      },
      holds: { [notes]: null, 'notes.md': 'why it is so' },
    },
    {
      name: 'migration/unexpected-file: an old migration in a folder of its own',
      violate: (shop) => stage(shop, { [archived]: 'SELECT 1;\n' }),
      rule: 'migration/unexpected-file',
      target: `${name}/orders`,
      at: archived,
      because: /only one \.sql file and atlas\.sum/,
      diff: null,
      mend: async (shop) => {
        await fixStaged(shop, 1);
        expect(await shop.git('ls-files', archived)).toBe(archived);
        await shop.git('rm', '--quiet', '--force', archived);
      },
      restores: true,
    },
    {
      name: 'migration/unexpected-file: a file that stays when the database goes',
      violate: async (shop) => {
        await stage(shop, { [stockNotes]: 'why it was so\n' });
        await dropStock(shop, dialect);
        await fixStaged(shop, 1);
      },
      rule: 'migration/unexpected-file',
      target: `${name}/stock`,
      at: stockNotes,
      because: /only one \.sql file and atlas\.sum/,
      diff: null,
      mend: async (shop) => {
        await shop.git('rm', '--quiet', '--force', stockNotes);
      },
      holds: { [stockNotes]: null, [made.stockBaseline]: null },
    },
    {
      name: 'migration/orphan: the schema goes and its migrations stay',
      violate: async (shop) => {
        await dropStock(shop, dialect);
        await fixStaged(shop);
        await restore(shop, made.stockBaseline, made.stockSum);
      },
      rule: 'migration/orphan',
      target: `${name}/stock`,
      at: [made.stockBaseline, made.stockSum],
      because: new RegExp(`no HCL file of ${name}/stock`),
      diff: null,
      mend: 'as told',
      holds: {
        [made.stockBaseline]: null,
        [made.stockSum]: null,
        [paths.stockSchema]: null,
        [paths.ordersSchema]: '',
      },
    },
    {
      name: 'migration/orphan: the schema is left without an object',
      violate: async (shop) => {
        await dropStock(shop, dialect);
        await stage(shop, { [paths.stockHcl]: dialect.emptyStock });
        await fixStaged(shop);
        await restore(shop, made.stockBaseline, made.stockSum);
      },
      rule: 'migration/orphan',
      target: `${name}/stock`,
      at: [made.stockBaseline, made.stockSum],
      because: /its HCL defines no object/,
      diff: null,
      mend: 'as told',
      holds: { [made.stockBaseline]: null, [made.stockSum]: null, [paths.stockHcl]: 'schema' },
    },
  ];
}
