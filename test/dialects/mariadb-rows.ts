/** One row of the stand-in table, held against what MySQL 8 prints. */
export interface RowFixture {
  readonly construct: string;
  /** A column, or all of a table, in HCL. */
  readonly hcl: string;
  /** What Atlas plans for it on MySQL 8. */
  readonly mysql: string;
  /** Where that is known from. */
  readonly source: string;
}

const ATLAS = "Atlas's driver for MySQL, sql/mysql";
const MANUAL = 'MySQL 8.0 Reference Manual';

/** Columns of a table of charset utf8mb4; each must stand in the plan as it stands here. */
export const COLUMN_FIXTURES: readonly RowFixture[] = [
  {
    construct: 'a literal default with a single quote',
    hcl: 'type = varchar(10)\n default = "it\'s"',
    mysql: '`c` varchar(10) NOT NULL DEFAULT "it\'s"',
    source: `${ATLAS}/inspect.go, myDefaultExpr: MySQL reports the text without quotes (${MANUAL}, "The INFORMATION_SCHEMA COLUMNS Table"), Go's strconv.Quote adds them`,
  },
  {
    construct: 'a literal default with double quotes',
    hcl: 'type = varchar(10)\n default = "a \\"b\\""',
    mysql: '`c` varchar(10) NOT NULL DEFAULT "a \\"b\\""',
    source: `${ATLAS}/inspect.go, myDefaultExpr and quote`,
  },
  {
    construct: 'an empty default',
    hcl: 'type = varchar(10)\n default = ""',
    mysql: '`c` varchar(10) NOT NULL DEFAULT ""',
    source: `${ATLAS}/inspect.go, myDefaultExpr and quote`,
  },
  {
    construct: 'a default of an enum',
    hcl: 'type = enum("open","shut")\n default = "open"',
    mysql: "`c` enum('open','shut') NOT NULL DEFAULT \"open\"",
    source: `${ATLAS}/inspect.go, myDefaultExpr and quote`,
  },
  {
    construct: 'a default of a set',
    hcl: 'type = set("a","b")\n null = true\n default = "b"',
    mysql: "`c` set('a','b') NULL DEFAULT \"b\"",
    source: `${ATLAS}/inspect.go, myDefaultExpr and quote`,
  },
  {
    construct: 'CURRENT_TIMESTAMP with a precision, and ON UPDATE',
    hcl: 'type = datetime(6)\n default = sql("CURRENT_TIMESTAMP(6)")\n on_update = sql("CURRENT_TIMESTAMP(6)")',
    mysql: '`c` datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6)',
    source: `${ATLAS}/inspect.go, myDefaultExpr ("Skip CURRENT_TIMESTAMP"), and ${MANUAL}, "Automatic Initialization and Updating for TIMESTAMP and DATETIME"`,
  },
  {
    construct: 'CURRENT_TIMESTAMP without a precision, and ON UPDATE',
    hcl: 'type = timestamp\n null = true\n default = sql("CURRENT_TIMESTAMP")\n on_update = sql("CURRENT_TIMESTAMP")',
    mysql: '`c` timestamp NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP',
    source: `${ATLAS}/inspect.go, myDefaultExpr ("Skip CURRENT_TIMESTAMP")`,
  },
  {
    construct: 'the type year, with a default',
    hcl: 'type = year\n default = 2020',
    mysql: '`c` year NOT NULL DEFAULT "2020"',
    source: `${MANUAL}, "The YEAR Type": no width is shown since 8.0.19; ${ATLAS}/inspect.go, myDefaultExpr and quote`,
  },
  {
    construct: 'a binary default',
    hcl: 'type = binary(2)\n default = "AB"',
    mysql: '`c` binary(2) NOT NULL DEFAULT 0x4142',
    source: `${ATLAS}/inspect.go, myDefaultExpr: "MySQL v8 uses Hexadecimal representation"`,
  },
  {
    construct: 'a default of varbinary',
    hcl: 'type = varbinary(20)\n default = "it\'s"',
    mysql: '`c` varbinary(20) NOT NULL DEFAULT 0x69742773',
    source: `${ATLAS}/inspect.go, myDefaultExpr: "MySQL v8 uses Hexadecimal representation"`,
  },
  {
    construct: 'the type geometrycollection',
    hcl: 'type = geometrycollection\n null = true',
    mysql: '`c` geomcollection NULL',
    source: `${MANUAL}, "Spatial Data Types": GEOMCOLLECTION is preferred since 8.0.11; ${ATLAS}/convert.go has both names`,
  },
  {
    construct: 'the type json',
    hcl: 'type = json\n null = true',
    mysql: '`c` json NULL',
    source: `${MANUAL}, "The JSON Data Type": a type of its own, without a CHECK`,
  },
  {
    construct: 'a collation of MySQL alone',
    hcl: 'type = varchar(10)\n collate = "utf8mb4_0900_as_cs"',
    mysql: '`c` varchar(10) NOT NULL COLLATE utf8mb4_0900_as_cs',
    source: `${ATLAS}/migrate.go, column: a collation that is not the table's is written`,
  },
  {
    construct: 'another collation of MySQL alone',
    hcl: 'type = varchar(10)\n collate = "utf8mb4_de_pb_0900_ai_ci"',
    mysql: '`c` varchar(10) NOT NULL COLLATE utf8mb4_de_pb_0900_ai_ci',
    source: `${ATLAS}/migrate.go, column: a collation that is not the table's is written`,
  },
  {
    construct: "a collation of MariaDB's pool that the schema uses itself",
    hcl: 'type = varchar(10)\n collate = "utf8mb4_unicode_520_ci"',
    mysql: '`c` varchar(10) NOT NULL COLLATE utf8mb4_unicode_520_ci',
    source: `${MANUAL}, "Unicode Character Sets"`,
  },
  {
    construct: 'another charset, with its default collation',
    hcl: 'type = varchar(10)\n charset = "latin1"',
    mysql: '`c` varchar(10) CHARSET latin1 NOT NULL COLLATE latin1_swedish_ci',
    source: `${MANUAL}, "Supported Character Sets and Collations"; ${ATLAS}/migrate.go, column`,
  },
  ...unchanged('type = bigint\n unsigned = true', '`c` bigint unsigned NOT NULL'),
  ...unchanged('type = tinyint\n default = -1', '`c` tinyint NOT NULL DEFAULT -1'),
  ...unchanged('type = bool\n default = true', '`c` bool NOT NULL DEFAULT 1'),
  ...unchanged('type = decimal(10,2)\n default = 1.5', '`c` decimal(10,2) NOT NULL DEFAULT 1.50'),
  ...unchanged('type = double\n default = 0.5', '`c` double NOT NULL DEFAULT 0.5'),
  ...unchanged('type = bit(3)\n default = sql("b\'101\'")', "`c` bit(3) NOT NULL DEFAULT b'101'"),
  ...unchanged('type = time(3)\n null = true', '`c` time(3) NULL'),
  ...unchanged('type = point\n null = true', '`c` point NULL'),
  ...unchanged(
    'type = text\n comment = "it\'s \\"q\\", (DEFAULT \'x\')"',
    '`c` text NOT NULL COMMENT "it\'s \\"q\\", (DEFAULT \'x\')"',
  ),
];

function unchanged(hcl: string, sql: string): readonly RowFixture[] {
  const type = /`c` (\S+)/.exec(sql)?.[1];
  return [
    {
      construct: `${type}, as MariaDB has it`,
      hcl,
      mysql: sql,
      source: `${ATLAS}/migrate.go and convert.go: one code for both servers, from what ${MANUAL}, "Data Types", says of the type`,
    },
  ];
}

/** Parts of the table `t` with the columns `id`, `other_id` (bigint), `size` (int), `name` (varchar) and `body` (text). */
export const TABLE_FIXTURES: readonly RowFixture[] = [
  {
    construct: 'a foreign key without an action',
    hcl: 'foreign_key "fk_other" {\n  columns = [column.other_id]\n  ref_columns = [column.id]\n}',
    mysql:
      'CONSTRAINT `fk_other` FOREIGN KEY (`other_id`) REFERENCES `t` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION',
    source: `${MANUAL}, "FOREIGN KEY Constraints": the default is NO ACTION, as INFORMATION_SCHEMA says`,
  },
  {
    construct: 'a foreign key with one action',
    hcl: 'foreign_key "fk_other" {\n  columns = [column.other_id]\n  ref_columns = [column.id]\n  on_delete = RESTRICT\n}',
    mysql:
      'CONSTRAINT `fk_other` FOREIGN KEY (`other_id`) REFERENCES `t` (`id`) ON UPDATE NO ACTION ON DELETE RESTRICT',
    source: `${MANUAL}, "FOREIGN KEY Constraints"`,
  },
  {
    construct: "a foreign key's own index",
    hcl: 'foreign_key "fk_other" {\n  columns = [column.other_id]\n  ref_columns = [column.id]\n}',
    mysql: 'INDEX `fk_other` (`other_id`)',
    source: `${MANUAL}, "FOREIGN KEY Constraints": an index is made where there is none, named as the constraint`,
  },
  {
    construct: 'a check that compares with a number',
    hcl: 'check "positive" {\n  expr = "other_id > 0"\n}',
    mysql: 'CONSTRAINT `positive` CHECK (`other_id` > 0)',
    source: `${MANUAL}, "CHECK Constraints", SHOW CREATE TABLE of t1: CHECK ((\`c2\` > 0)); Atlas's guide "CHECK constraints in MySQL": CHECK (\`value\` > 0)`,
  },
  {
    construct: 'a check that compares columns',
    hcl: 'check "apart" {\n  expr = "`size` <> other_id"\n}',
    mysql: 'CONSTRAINT `apart` CHECK (`size` <> `other_id`)',
    source: `${MANUAL}, "CHECK Constraints", SHOW CREATE TABLE of t1: CHECK ((\`c1\` <> \`c2\`))`,
  },
  {
    construct: 'a check of a range',
    hcl: 'check "within" {\n  expr = "other_id BETWEEN 1 AND 10"\n}',
    mysql: 'CONSTRAINT `within` CHECK (`other_id` between 1 and 10)',
    source: 'Atlas\'s guide "CHECK constraints in MySQL": CHECK (`value` between 1 and 10)',
  },
  {
    construct: 'a descending prefix index',
    hcl: 'index "idx" {\n  on {\n    column = column.name\n    prefix = 10\n    desc = true\n  }\n}',
    mysql: 'INDEX `idx` (`name` (10) DESC)',
    source:
      "Atlas's guides to prefix and descending indexes in MySQL; sql/mysql/migrate_test.go, `text_prefix`",
  },
  {
    construct: 'a fulltext index',
    hcl: 'index "idx" {\n  type = FULLTEXT\n  columns = [column.body]\n}',
    mysql: 'FULLTEXT INDEX `idx` (`body`)',
    source: `${ATLAS}/migrate.go, index`,
  },
  {
    construct: 'a unique index with a comment',
    hcl: 'index "idx" {\n  unique = true\n  columns = [column.name]\n  comment = "one, each"\n}',
    mysql: 'UNIQUE INDEX `idx` (`name`) COMMENT "one, each"',
    source: `${ATLAS}/migrate.go, index`,
  },
  {
    construct: "a table's charset and default collation, comment and counter",
    hcl: 'charset = "utf8mb4"\ncomment = "a table"\nauto_increment = 100',
    mysql: ') CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci COMMENT "a table" AUTO_INCREMENT 100;',
    source:
      'sql/mysql/migrate_test.go (CHARSET, COLLATE, COMMENT, AUTO_INCREMENT); Atlas\'s guide "CHECK constraints in MySQL" for CHARSET utf8mb4 COLLATE utf8mb4_0900_ai_ci',
  },
  {
    construct: "a table's own collation",
    hcl: 'charset = "utf8mb4"\ncollate = "utf8mb4_0900_bin"',
    mysql: ') CHARSET utf8mb4 COLLATE utf8mb4_0900_bin;',
    source: `${MANUAL}, "Unicode Character Sets"; ${ATLAS}/migrate.go`,
  },
];
