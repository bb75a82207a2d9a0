import type { Dialect, SchemaStatement } from './dialect.ts';
import { isToken, type MysqlToken, mysqlStatements, textOf, unquotedName } from './mysql-tokens.ts';

/** Atlas writes a regular form, so its statements are told apart by their first words. */
export const mysql: Dialect = {
  name: 'mysql',
  async splitSchema(sql) {
    return mysqlStatements(sql).map((tokens): SchemaStatement => {
      const words = tokens.filter(({ kind }) => kind !== 'space' && kind !== 'comment');
      const table = tableOf(words);
      return {
        text: textOf(tokens),
        object: table === null ? null : { kind: 'table', name: table },
        references: isToken(words[0], 'CREATE') && isToken(words[1], 'TABLE') ? referencesOf(words) : null,
      };
    });
  },
  async databaseDefaults(sources) {
    return (await import('./mysql-database-defaults.ts')).databaseDefaults(sources);
  },
  standIns: {
    MariaDB: async (sources) =>
      (await import('./mariadb-stand-in/translate.ts')).translateForMariadb(sources),
  },
};

/** `CREATE TABLE`, `ALTER TABLE` and `CREATE [UNIQUE] INDEX … ON` have a table. */
function tableOf(words: readonly MysqlToken[]): string | null {
  const isIndex = isToken(words[0], 'CREATE') && words.slice(1, 3).some((word) => isToken(word, 'INDEX'));
  if (isIndex) return nameAfter(words, 'ON');
  const isTable = ['CREATE', 'ALTER'].some((verb) => isToken(words[0], verb)) && isToken(words[1], 'TABLE');
  return isTable ? nameAfter(words, 'TABLE') : null;
}

function nameAfter(words: readonly MysqlToken[], keyword: string): string | null {
  const index = words.findIndex((word) => isToken(word, keyword));
  return index === -1 ? null : nameAt(words, index + 1);
}

/** A table's name, which may stand behind its schema's. */
function nameAt(words: readonly MysqlToken[], index: number): string | null {
  const skipped = ['IF', 'NOT', 'EXISTS'].filter((word, offset) =>
    isToken(words[index + offset], word),
  ).length;
  const first = words[index + skipped];
  const second = isToken(words[index + skipped + 1], '.') ? words[index + skipped + 2] : undefined;
  const name = second ?? first;
  return name?.kind === 'name' ? unquotedName(name) : null;
}

function referencesOf(words: readonly MysqlToken[]): readonly string[] {
  return words.flatMap((word, index) => {
    const name = isToken(word, 'REFERENCES') ? nameAt(words, index + 1) : null;
    return name === null ? [] : [name];
  });
}
