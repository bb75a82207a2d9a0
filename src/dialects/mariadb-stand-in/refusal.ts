import { CheckError } from '../../errors.ts';
import type { TextPosition } from '../../format/text-position.ts';

/** What gives a plan of MySQL's own. */
export const REAL_MYSQL =
  'set devDatabase.mysql to docker://mysql/8/dev or to the URL of a MySQL 8 server, which plans this itself';

/** MariaDB's plan of a construct is not known to be MySQL's after the rewrites of the table. */
export function unsupported(construct: string, path: string, position?: TextPosition): CheckError {
  return new CheckError(
    'stand-in-unsupported',
    `MariaDB stands in for MySQL 8 here, and can't for ${construct}`,
    {
      place: { path, ...(position === undefined ? {} : { line: position.line, column: position.column }) },
      hint: REAL_MYSQL,
    },
  );
}
