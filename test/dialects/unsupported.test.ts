import { describe, expect, it } from 'vitest';
import { mysql } from '../../src/dialects/mysql.ts';

const translate = async (hcl: string) => {
  const found = mysql.standIns?.MariaDB;
  if (found === undefined) throw new Error('nothing stands in for MySQL');
  return found([{ path: 'tools/dev.hcl', bytes: Buffer.from(hcl) }]);
};

/** The construct is on the line and column that begins with `▶`. */
async function expectRefusal(marked: string, words: RegExp): Promise<void> {
  const before = marked.slice(0, marked.indexOf('▶')).split('\n');
  const refusal = {
    code: 'stand-in-unsupported',
    message: expect.stringMatching(words),
    place: { path: 'tools/dev.hcl', line: before.length, column: (before.at(-1) ?? '').length + 1 },
    hint: expect.stringContaining('docker://mysql/8'),
  };
  await expect(translate(marked.replace('▶', ''))).rejects.toMatchObject(refusal);
}

const inTable = (body: string) => `schema "dev" {
}
table "t" {
  schema = schema.dev
  column "n" {
    type = int
  }
  column "words" {
    type = varchar(1000)
  }
  column "note" {
    type = text
  }
  column "facts" {
    type = json
  }
  ${body}
}
`;

describe('a construct that MariaDB does not stand in for is refused at its place', () => {
  it.each([
    ['type = int\n  ▶default = sql("(1 + 1)")', /default of int/],
    ['type = int\n  ▶default = "1"', /default of int/],
    ['type = text\n  ▶default = "x"', /default of text/],
    ['type = json\n  ▶default = sql("(\'{}\')")', /default of json/],
    ['type = blob\n  ▶default = "x"', /default of blob/],
    ['type = date\n  ▶default = "2020-01-01"', /default of date/],
    ['type = varchar(9)\n  ▶default = "a\\\\b"', /default of varchar/],
    ['type = varchar(9)\n  ▶default = "é"', /default of varchar/],
    ['type = varchar(9)\n  ▶default = "\'x\'"', /default of varchar/],
    ['type = binary(3)\n  ▶default = "AB"', /default of binary/],
    ['type = decimal(4,1)\n  ▶default = 1.25', /default of decimal/],
    ['type = bit(3)\n  ▶default = sql("b\'011\'")', /default of bit/],
    ['type = enum("a")\n  ▶default = "b"', /default of enum/],
    ['type = datetime(3)\n  ▶default = sql("CURRENT_TIMESTAMP(6)")', /default of datetime/],
    ['type = datetime\n  ▶on_update = sql("CURRENT_TIMESTAMP(6)")', /on_update of datetime/],
    ['type = int\n  ▶on_update = sql("CURRENT_TIMESTAMP")', /on_update of int/],
    ['▶type = int(11)', /column type/],
    ['▶type = tinyint(2)', /column type/],
    ['▶type = float(7)', /column type/],
    ['▶type = decimal(10)', /column type/],
    ['▶type = decimal(60,35)', /column type/],
    ['▶type = uuid', /column type/],
    ['▶type = inet6', /column type/],
    ['▶type = sql("varchar(10)")', /column type/],
    ['▶type = enum("it\'s")', /column type/],
    ['▶type = enum("a","A")', /column type/],
    ['▶type = set("a,b")', /column type/],
    ['type = tinyint(1)\n  ▶unsigned = true', /unsigned on bool/],
    ['type = int\n  ▶collate = "utf8mb4_bin"', /collate on int/],
    ['type = text\n  ▶collate = "utf8mb4_uca1400_ai_ci"', /collate/],
    ['type = text\n  ▶collate = "utf8mb4_xx_0900_ai_ci"', /collate/],
    ['type = text\n  ▶charset = "utf8mb3"', /charset/],
    ['type = int\n  ▶invisible = true', /invisible/],
    ['type = point\n  ▶srid = 4326', /srid/],
    ['type = int\n  ▶as {\n  expr = "n + 1"\n  }', /table\.column\.as/],
    ['type = int\n  ▶as = "n + 1"', /table\.column\.as/],
  ])('%s', async (column, words) => {
    await expectRefusal(inTable(`column "c" {\n  ${column}\n  }`), words);
  });

  it.each([
    ['check "c" {\n  ▶expr = "n >= 0"\n  }', /expression of this check/],
    ['check "c" {\n  ▶expr = "n <> -1"\n  }', /expression of this check/],
    ['check "c" {\n  ▶expr = "lower(words) <> words"\n  }', /expression of this check/],
    ['check "c" {\n  ▶expr = "words <> 1"\n  }', /expression of this check/],
    ['check "c" {\n  ▶expr = "words IN (\'a\')"\n  }', /expression of this check/],
    ['check "c" {\n  expr = "n > 0"\n  ▶enforced = false\n  }', /enforced/],
    ['check "c" {\n  expr = "n > 0"\n  }\n  ▶check "C" {\n  expr = "n > 1"\n  }', /second check "C"/],
    ['index "i" {\n  ▶on {\n  expr = "(n + 1)"\n  }\n  }', /on\.expr/],
    ['index "i" {\n  ▶columns = [column.words]\n  }', /index on "words"/],
    ['index "i" {\n  ▶columns = [column.note]\n  }', /index on "note"/],
    ['index "i" {\n  type = FULLTEXT\n  ▶columns = [column.facts]\n  }', /index on "facts"/],
    ['index "i" {\n  ▶columns = [column.facts]\n  }', /index on "facts"/],
    ['index "i" {\n  ▶on {\n  column = column.note\n  prefix = 800\n  }\n  }', /index on "note"/],
    ['index "i" {\n  columns = [column.n]\n  ▶type = SPATIAL\n  }', /type/],
    ['index "i" {\n  columns = [column.n]\n  ▶parser = ngram\n  }', /parser/],
    ['foreign_key "f" {\n  columns = [column.n]\n  ▶on_delete = SET_DEFAULT\n  }', /on_delete/],
    ['▶engine = MyISAM', /engine/],
    ['▶partition {\n  }', /partition/],
  ])('in a table: %s', async (body, words) => {
    // An expression of an index is named at its own line.
    const marked = body.includes('on {\n  expr') ? body.replace('▶on {\n  ', 'on {\n  ▶') : body;
    await expectRefusal(inTable(marked), words);
  });

  it.each([
    ['▶view "v" {\n}\n', /view/],
    ['▶variable "v" {\n}\n', /variable/],
    ['▶x = 1\n', /x/],
    ['schema "a" {\n}\n▶schema "b" {\n}\n', /second schema/],
    ['schema "a" {\n  ▶comment = "x"\n}\n', /comment/],
    ['schema "a" {\n  ▶charset = lower("UTF8MB4")\n}\n', /charset/],
  ])('in a file: %s', async (text, words) => {
    await expectRefusal(text, words);
  });

  it('where a schema uses more collations than MariaDB has names for', async () => {
    const languages = 'cs da de_pb eo es es_trad et hr hu is la lt'.split(' ');
    const columns = languages.map(
      (language) =>
        `column "${language}" {\n    type = text\n    collate = "utf8mb4_${language}_0900_ai_ci"\n  }`,
    );
    await expect(translate(inTable(columns.join('\n  ')))).rejects.toMatchObject({
      code: 'stand-in-unsupported',
      message: expect.stringContaining('collations'),
    });
  });
});

describe('what MariaDB gets', () => {
  it('is every byte of the source but those of the table', async () => {
    const hcl = `# é 👩‍👧
schema "dev" {
  charset = "utf8mb4" # only
}
table "t" {
  schema = schema.dev
  column "c" {
    type    = text
    collate = "utf8mb4_0900_as_cs"
  }
  foreign_key "f" { # empty
    columns     = [column.c]
    ref_columns = [column.c]
    on_delete   = CASCADE
  }
}
`;
    const words = await translate(hcl);
    const text = words.sources[0]?.bytes.toString() ?? '';
    expect(text).toBe(
      hcl
        .replace('charset = "utf8mb4"', 'charset = "utf8mb4"\n  collate = "utf8mb4_unicode_520_nopad_ci"')
        .replace('"utf8mb4_0900_as_cs"', '"utf8mb4_unicode_nopad_ci"')
        .replace('"f" {', '"f" {\n  on_update = NO_ACTION'),
    );
    expect(words.database).toEqual({ charset: 'utf8mb4', collation: 'utf8mb4_unicode_520_nopad_ci' });
    const back = (needle: string) => {
      const before = text.slice(0, text.indexOf(needle)).split('\n');
      const position = { line: before.length, column: [...(before.at(-1) ?? '')].length + 1 };
      return words.originalPosition('tools/dev.hcl', position);
    };
    expect(back('# only')).toEqual({ line: 3, column: 23 });
    expect(back('column "c"')).toEqual({ line: 7, column: 3 });
    expect(back('"utf8mb4_unicode_nopad_ci"')).toEqual({ line: 9, column: 15 });
    expect(back('on_update')).toEqual({ line: 11, column: 20 });
    expect(back('on_delete')).toEqual({ line: 14, column: 5 });
  });

  it('takes no collation that the schema uses itself', async () => {
    const used = 'utf8mb4_unicode_520_ci';
    const words = await translate(
      `schema "dev" {\n  charset = "utf8mb4"\n  collate = "${used}"\n}\ntable "t" {\n  schema = schema.dev\n  column "c" {\n    type = text\n    collate = "utf8mb4_0900_bin"\n  }\n}\n`,
    );
    expect(words.database.collation).toBe(used);
    expect(words.fromServer(`CREATE DATABASE \`x\` COLLATE ${used};\n`)).toContain(used);
    expect(words.toServer('COLLATE utf8mb4_0900_bin')).not.toContain('0900');
  });

  it('is an invalid file as it is, for Atlas to say what is wrong', async () => {
    const words = await translate('table "t" {');
    expect(words.sources[0]?.bytes.toString()).toBe('table "t" {');
    expect(() => words.fromServer('')).toThrow(/can't be read/);
  });
});

describe('a plan of a MariaDB that adds or leaves out something by itself is refused', () => {
  const hcl = `table "t" {
  schema = schema.dev
  column "at" {
    type = timestamp
  }
  column "n" {
    type = int
  }
  index "i" {
    on {
      column = column.n
      desc   = true
    }
  }
}
`;
  const plan = async (column: string, direction = ' DESC') =>
    (await translate(hcl)).fromServer(
      `CREATE TABLE \`t\` (\n  ${column},\n  \`n\` int NOT NULL,\n  INDEX \`i\` (\`n\`${direction})\n);\n`,
    );

  it.each([
    ['`at` timestamp NOT NULL DEFAULT (current_timestamp())', ' DESC', 3],
    ['`at` timestamp NOT NULL ON UPDATE current_timestamp()', ' DESC', 3],
    ['`at` timestamp NOT NULL', '', 9],
  ])('%s,%s', async (column, direction, line) => {
    await expect(plan(column, direction)).rejects.toMatchObject({
      code: 'stand-in-unsupported',
      place: { path: 'tools/dev.hcl', line },
    });
  });

  it('and one that says what the schema says is not', async () => {
    expect(await plan('`at` timestamp NOT NULL')).toContain('`at` timestamp NOT NULL,');
  });
});
