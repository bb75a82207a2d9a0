/**
 * MySQL 8's collations of UCA 9.0.0, all of charset utf8mb4, that MariaDB lacks: the language-independent ones and
 * the languages that MySQL has had since 8.0.1 (MySQL 8.0 Reference Manual, "Unicode Character Sets").
 */
const LANGUAGES = 'cs|da|de_pb|eo|es|es_trad|et|hr|hu|is|la|lt|lv|pl|ro|sk|sl|sv|tr|vi';
const UCA_900 = new RegExp(
  `^utf8mb4_(?:0900_(?:ai_ci|as_ci|as_cs|bin)|(?:${LANGUAGES})_0900_(?:ai_ci|as_cs))$`,
);

/** What a database, table or column of charset utf8mb4 has in MySQL 8 where nothing is said. */
export const MYSQL_DEFAULT = 'utf8mb4_0900_ai_ci';

/** Collations that both have under one name. */
const SHARED = new Set([
  ...['utf8mb4_bin', 'utf8mb4_general_ci', 'utf8mb4_unicode_ci', 'utf8mb4_unicode_520_ci'],
  ...['latin1_swedish_ci', 'latin1_bin', 'latin1_general_ci', 'latin1_general_cs'],
  ...['ascii_general_ci', 'ascii_bin'],
]);

/** Charsets that both have, with the same default collation but for utf8mb4. */
export const CHARSETS = new Set(['utf8mb4', 'latin1', 'ascii']);

/** MariaDB's own first, since a schema that is written for MySQL 8 can't use them. */
const STAND_INS = [
  ...['utf8mb4_unicode_520_nopad_ci', 'utf8mb4_unicode_nopad_ci', 'utf8mb4_general_nopad_ci'],
  ...['utf8mb4_croatian_mysql561_ci', 'utf8mb4_myanmar_ci', 'utf8mb4_thai_520_w2', 'utf8mb4_nopad_bin'],
  ...['utf8mb4_sinhala_ci', 'utf8mb4_persian_ci', 'utf8mb4_esperanto_ci', 'utf8mb4_roman_ci'],
];

export function isSupportedCollation(name: string): boolean {
  return SHARED.has(name) || UCA_900.test(name);
}

/**
 * Chooses a collation of MariaDB for each of MySQL's own, which nothing else in the schema uses: else the way back
 * would turn one that was written into another.
 *
 * @param used every collation that the schema names
 * @returns by MySQL's name, the default always among them; null where there are more than MariaDB has names for
 */
export function chooseStandIns(used: ReadonlySet<string>): ReadonlyMap<string, string> | null {
  const wanted = [...new Set([MYSQL_DEFAULT, ...used])].filter((name) => UCA_900.test(name)).sort();
  const free = STAND_INS.filter((name) => !used.has(name));
  if (wanted.length > free.length) return null;
  return new Map(wanted.map((name, index) => [name, free[index] ?? '']));
}
