import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

export const page: RulePage = {
  wants:
    'Every HCL file below the folder of the schemas fits the pattern `schemas`, and so belongs to a database.',
  why: 'A schema at a place that no pattern fits is planned by nobody: no migration and no code come of it, and nothing says so. Most are in a folder that is called as another tool calls the dialect, or one too deep.',
  bad: [
    {
      title: 'the folder has the name that sqlc gives the dialect',
      files: { 'tools/atlas/schemas/postgresql/shop.hcl': SHOP.postgres },
      finds: null,
      at: 'tools/atlas/schemas/postgresql/shop.hcl',
    },
  ],
  good: [{ files: { [AT.postgres]: SHOP.postgres, [AT.baseline]: SHOP.baseline } }],
};
