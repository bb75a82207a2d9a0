import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  copyOf,
  emptyShop,
  expectExit,
  freshShop,
  ORDERS_HCL,
  PATHS,
  type Shop,
  shopSources,
} from '../shop.ts';
import { edit, expectClean, fixStaged, ORDER_CODE, ORDERS_BASELINE, ORDERS_SUM, stage } from './scenario.ts';

const SECOND = `${PATHS.ordersMigrations}/20240101000000_add_note.sql`;
const WIDER = { [PATHS.ordersHcl]: ORDERS_HCL.replace('varchar(16)', 'varchar(32)') };

describe('fix', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await freshShop();
  });
  afterAll(() => shop.remove());

  it('writes nothing in a dry run, and then what a shop made anew from the same sources has', async () => {
    const copy = await copyOf(shop);
    await copy.write(WIDER);
    const index = await copy.git('ls-files', '--stage');
    const before = await copy.git('diff');
    const dry = expectExit(await copy.dbcheck(['fix', '--dry-run']), 1);
    expect(dry.stdout).toContain(`would write ${ORDERS_BASELINE}\n`);
    expect(dry.stdout).toContain('error[migration/stale]');
    expectExit(await copy.dbcheck(['fix', '--stage', '--dry-run']), 0);
    expect(await copy.git('diff')).toBe(before);

    const fixed = expectExit(await copy.dbcheck(['fix']), 0);
    for (const path of [ORDERS_BASELINE, ORDERS_SUM, PATHS.ordersSchema])
      expect(fixed.stdout).toContain(`wrote ${path}\n`);
    expect(await copy.git('ls-files', '--stage')).toBe(index);
    expect(expectExit(await copy.dbcheck(['fix']), 0).stdout).not.toContain('wrote');

    await copy.git('add', '--all');
    const anew = await emptyShop();
    await anew.write({ ...(await shopSources()), ...WIDER });
    await anew.git('add', '--all');
    await fixStaged(anew);
    expect(await copy.git('ls-files', '--stage')).toBe(await anew.git('ls-files', '--stage'));
    expect((await copy.commitStaged()).exitCode).toBe(0);
    await expectClean(copy);
    await Promise.all([copy.remove(), anew.remove()]);
  });

  it('gives the index what belongs to the index, and keeps edits that are not staged', async () => {
    const copy = await copyOf(shop);
    await stage(copy, WIDER);
    await edit(copy, PATHS.orderQueries, 'ORDER BY id', 'ORDER BY id DESC');
    const further = ORDERS_HCL.replace('varchar(16)', 'varchar(64)');
    const scribbled = `${(await copy.read(ORDER_CODE)).toString()}// a note to myself\n`;
    await copy.write({ [PATHS.ordersHcl]: further, [ORDER_CODE]: scribbled });

    const said = await fixStaged(copy);
    expect(said).toContain(`wrote ${ORDERS_BASELINE} (staged)`);
    expect(said).toContain(`left ${ORDER_CODE} on disk as it is: it has edits that are not staged`);
    expect(said).toContain(`note: ${PATHS.ordersHcl} differs on disk from the index that was judged`);
    expect(await copy.git('show', `:${ORDERS_BASELINE}`)).toContain('varying(32)');
    expect(await copy.git('show', `:${ORDER_CODE}`)).toContain('ORDER BY id DESC');
    expect((await copy.read(ORDERS_BASELINE)).toString()).toContain('varying(32)');
    expect((await copy.read(PATHS.ordersHcl)).toString()).toBe(further);
    expect((await copy.read(ORDER_CODE)).toString()).toBe(scribbled);

    expect((await copy.commitStaged()).exitCode).toBe(0);
    expect((await copy.git('diff', '--name-only')).split('\n')).toEqual([ORDER_CODE, PATHS.ordersHcl]);
    expectExit(await copy.dbcheck(['check']), 0);
    await copy.remove();
  });

  it('leaves alone what is ignored or whose rule is off, and says of a checksum file that it can not mend it', async () => {
    const copy = await copyOf(shop);
    const config = `rules: {generated/stale: off, generated/missing: off, generated/orphan: off}
ignore: [{rule: migration/stale, path: '${ORDERS_BASELINE}', reason: it is on its way}]
`;
    await stage(copy, { ...WIDER, 'dbcheck.config.yaml': config });
    await edit(copy, PATHS.orderQueries, 'ORDER BY id', 'ORDER BY id DESC');
    const before = await copy.git('ls-files', '--stage');
    const said = await fixStaged(copy, 1);
    expect(said).toContain('error[migration/checksum-mismatch]');
    expect(await copy.git('ls-files', '--stage')).toBe(before);
    expect(await copy.git('diff')).toBe('');
    const accepted = config.replace('rules: {', 'rules: {migration/checksum-mismatch: off, ');
    await stage(copy, { 'dbcheck.config.yaml': accepted });
    expect(await fixStaged(copy)).not.toContain('wrote');
    expect((await copy.commitStaged()).exitCode).toBe(0);
    await copy.remove();
  });

  it('never deletes a migration that git could not give back', async () => {
    const copy = await copyOf(shop);
    await copy.write({ [SECOND]: 'ALTER TABLE "orders" ADD COLUMN "note" text;\n' });
    const said = expectExit(await copy.dbcheck(['fix']), 1).stdout;
    expect(said).toContain(`kept ${SECOND}: its bytes are neither in HEAD nor in the index`);
    expect(said).toContain('error[migration/multiple-baselines]');
    expect(existsSync(join(copy.root, SECOND))).toBe(true);

    await copy.git('add', '--all');
    expect(expectExit(await copy.dbcheck(['fix']), 0).stdout).toContain(`deleted ${SECOND}\n`);
    expect(existsSync(join(copy.root, SECOND))).toBe(false);
    await copy.remove();
  });

  it('says of migrations that HEAD has that they may be a history before it deletes any', async () => {
    const copy = await copyOf(shop);
    await copy.commit({ [SECOND]: 'ALTER TABLE "orders" ADD COLUMN "note" text;\n' });
    const said = expectExit(await copy.dbcheck(['check']), 1).stdout;
    expect(said).toMatch(
      /because: HEAD has 2 as well, as a history of migrations would: to keep that, name another folder in `migrations\.dir`/,
    );
    await copy.remove();
  });

  it.each(['--assume-unchanged', '--skip-worktree'])('never deletes an edit that %s hides', async (flag) => {
    const copy = await copyOf(shop);
    const note = 'ALTER TABLE "orders" ADD COLUMN "note" text;\n';
    await copy.commit({ [SECOND]: note });
    await copy.git('update-index', flag, SECOND);
    await copy.write({ [SECOND]: `${note}-- of nobody else\n` });
    const said = expectExit(await copy.dbcheck(['fix']), 1).stdout;
    expect(said).toContain(`kept ${SECOND}: its bytes are neither in HEAD nor in the index`);
    expect((await copy.read(SECOND)).toString()).toBe(`${note}-- of nobody else\n`);

    await copy.write({ [SECOND]: note });
    expect(expectExit(await copy.dbcheck(['fix']), 0).stdout).toContain(`deleted ${SECOND}\n`);
    await copy.remove();
  });

  it('deletes what git has with other line ends than the disk', async () => {
    const copy = await copyOf(shop);
    const note = 'ALTER TABLE "orders" ADD COLUMN "note" text;\n';
    await copy.commit({ [SECOND]: note, '.gitattributes': '*.sql text\n' });
    await copy.write({ [SECOND]: note.replace('\n', '\r\n') });
    expect(expectExit(await copy.dbcheck(['fix']), 0).stdout).toContain(`deleted ${SECOND}\n`);
    expect(existsSync(join(copy.root, SECOND))).toBe(false);
    await copy.remove();
  });
});
