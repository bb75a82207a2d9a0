import { access, constants } from 'node:fs/promises';
import { resolve } from 'node:path';

/**
 * The Atlas to test with, as an absolute path.
 *
 * @throws where the variable does not name one, since a test without it would have tested nothing
 */
export async function givenAtlas(): Promise<string> {
  const given = process.env['DBCHECK_ATLAS'];
  if (given === undefined || given === '') {
    throw new Error('Name the Atlas to test with: DBCHECK_ATLAS=/path/to/atlas npm run test:atlas');
  }
  const path = resolve(given);
  await access(path, constants.X_OK).catch(() => {
    throw new Error(`DBCHECK_ATLAS is ${given}, which can't be executed`);
  });
  return path;
}
