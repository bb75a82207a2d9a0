import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

export const page: RulePage = {
  wants: 'Each database that has a schema has its baseline, and `atlas.sum` beside it.',
  why: 'Without a baseline a new database cannot be made from the repository, and without `atlas.sum` Atlas refuses to run the migrations: both are seen at the next deployment, and neither by a build.',
  bad: [{ title: 'a schema alone', files: { [AT.postgres]: SHOP.postgres }, finds: null, at: AT.baseline }],
  good: [{ files: { [AT.postgres]: SHOP.postgres, [AT.baseline]: SHOP.baseline } }],
};
