import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

export const page: RulePage = {
  wants: '`atlas.sum` holds the checksums of the migrations beside it.',
  why: 'Atlas refuses to run migrations whose checksums do not fit. After a merge or an edit by hand that is found out where the migrations are run, which is too late.',
  bad: [
    {
      title: 'the checksum of other bytes',
      files: {
        [AT.postgres]: SHOP.postgres,
        [AT.baseline]: SHOP.baseline,
        [AT.atlasSum]: `h1:${'0'.repeat(43)}=\n20240131120000_initial_schema.sql h1:${'0'.repeat(43)}=\n`,
      },
      finds: null,
      at: AT.atlasSum,
    },
  ],
  good: [
    {
      files: {
        [AT.postgres]: SHOP.postgres,
        [AT.baseline]: SHOP.baseline,
        [AT.atlasSum]:
          'h1:dzfeSr0DOz/uf10RLrikRcg2g0j3wTVZhIS8q7ZaRCA=\n20240131120000_initial_schema.sql h1:dlrxVx2puLwR3ebWARU7rvE4ga8UhDdAzLihe1YoUsk=\n',
      },
    },
  ],
};
