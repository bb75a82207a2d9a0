import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

const ADD_NOTE = 'ALTER TABLE "orders" ADD COLUMN "note" text NULL;\n';
const DROP_NOTE = 'ALTER TABLE "orders" DROP COLUMN "note";\n';

function folder(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const named = Object.entries(files).map(([name, text]) => [`${AT.migrations}/${name}`, text]);
  return { [AT.postgres]: SHOP.postgres, ...Object.fromEntries(named) };
}

export const page: RulePage = {
  wants:
    'A migration is named `VERSION_NAME.sql`, its version being digits, as many in each file as in the others, and there are no files in the folder that take another one back.',
  why: 'Atlas runs every `.sql` file of the folder in the order of the names as texts: `10_b.sql` before `9_a.sql`, `initial.sql` after whatever it writes itself, and `1_a.down.sql` like any other, before `1_a.up.sql`. A file `1_a.SQL` it does not see at all.',
  bad: [
    {
      files: folder({ 'initial_schema.sql': SHOP.baseline }),
      finds: [`${AT.migrations}/initial_schema.sql`],
    },
    {
      title: 'the versions of another tool',
      files: folder({ 'V1__init.sql': SHOP.baseline }),
      finds: [`${AT.migrations}/V1__init.sql`],
    },
    {
      title: 'numbers that sort as texts',
      files: folder({ '9_init.sql': SHOP.baseline, '10_add_note.sql': ADD_NOTE }),
      finds: [`${AT.migrations}/9_init.sql`],
    },
    {
      title: 'a migration that takes another one back',
      files: folder({ '1_init.sql': SHOP.baseline, '2_note.up.sql': ADD_NOTE, '3_note.down.sql': DROP_NOTE }),
      finds: [`${AT.migrations}/3_note.down.sql`],
    },
    {
      title: 'an ending in capitals',
      files: folder({ '1_init.SQL': SHOP.baseline }),
      finds: [`${AT.migrations}/1_init.SQL`],
    },
  ],
  good: [
    { files: folder({ '20240131120000_initial_schema.sql': SHOP.baseline }) },
    {
      title: 'numbers with zeros in front, a version alone, and a dot in a name',
      files: folder({ '09_init.sql': SHOP.baseline, '10.sql': ADD_NOTE, '11_v1.2.sql': DROP_NOTE }),
    },
    {
      title: 'what is no SQL',
      files: folder({ '20240131120000_initial_schema.sql': SHOP.baseline, 'atlas.sum': 'h1:\n' }),
    },
  ],
};
