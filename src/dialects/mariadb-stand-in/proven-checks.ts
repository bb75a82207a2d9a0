/**
 * Whether MariaDB and MySQL 8 write a CHECK's expression the same way: `a <> 1`, `a > b`, `a between 1 and 10`, with
 * columns of numbers and unsigned integers. MySQL's words are known from its manual ("CHECK Constraints", the output
 * of SHOW CREATE TABLE) and from Atlas's guide to CHECK constraints.
 *
 * @param isNumber whether the table has a column of that name that holds numbers
 */
export function isProvenCheck(expression: string, isNumber: (column: string) => boolean): boolean {
  const comparison = /^\s*(\S+?)\s*(?:<>|<|>)\s*(\S+)\s*$/.exec(expression);
  if (comparison?.[1] !== undefined && comparison[2] !== undefined) {
    const [, left, right] = comparison;
    return isColumn(left, isNumber) && (/^\d{1,18}$/.test(right) || isColumn(right, isNumber));
  }
  const range = /^\s*(\S+)\s+between\s+\d{1,18}\s+and\s+\d{1,18}\s*$/i.exec(expression);
  return range?.[1] !== undefined && isColumn(range[1], isNumber);
}

function isColumn(text: string, isNumber: (column: string) => boolean): boolean {
  const name = /^`([^`]+)`$|^([A-Za-z_]\w*)$/.exec(text);
  return name !== null && isNumber(name[1] ?? name[2] ?? '');
}
