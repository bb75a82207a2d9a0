import { describe, expect, it } from 'vitest';
import { CheckError } from '../../src/errors.ts';
import { sqlcProblems } from '../../src/steps/sqlc-errors.ts';

const CONFIG = {
  path: 'tools/sqlc/sqlc.yml',
  dir: 'tools/sqlc',
  entries: [
    {
      schema: ['db/schema.sql'],
      queries: ['tools/sqlc/mine'],
      place: { path: 'tools/sqlc/sqlc.yml', line: 4, column: 5 },
    },
    {
      schema: ['db/other.sql'],
      queries: ['tools/sqlc/theirs'],
      place: { path: 'tools/sqlc/sqlc.yml', line: 9, column: 5 },
    },
  ],
};
const TREE = '/scratch/run0/tree';

describe('sqlcProblems', () => {
  it('puts each problem at its place in the repository', () => {
    const said = [
      '# package store',
      'queries/a.sql:3:8: column "nam" does not exist',
      '../db/schema.sql:1:1: relation "t" already exists',
    ].join('\n');
    expect(sqlcProblems(said, CONFIG, TREE)).toEqual([
      { path: 'tools/sqlc/queries/a.sql', line: 3, column: 8, message: 'column "nam" does not exist' },
      { path: 'tools/db/schema.sql', line: 1, column: 1, message: 'relation "t" already exists' },
    ]);
  });

  it('mends the column of a syntax error, which sqlc says one too far', () => {
    const columns = ['a.sql:2:9: syntax error at or near "x"', 'a.sql:1:1: syntax error at end of input'].map(
      (line) => sqlcProblems(line, CONFIG, TREE)[0]?.column,
    );
    expect(columns).toEqual([8, 1]);
  });

  it('puts a syntax error in SQLite where the parser says, which sqlc has at the start of the file', () => {
    const said = [
      "line 2:40 extraneous input 'x' expecting {<EOF>, ';', ALTER_}",
      "line 6:0 mismatched input ';' expecting BY_",
      "line 1:27 mismatched input ';' expecting BY_",
      '# package store',
      "a.sql:1:1: mismatched input ';' expecting BY_",
      "b.sql:1:1: mismatched input ';' expecting BY_",
      'c.sql:1:1: column "nam" does not exist',
    ].join('\n');
    expect(
      sqlcProblems(said, CONFIG, TREE).map(({ line, column, message }) => [line, column, message]),
    ).toEqual([
      [6, 1, "mismatched input ';' expecting BY_"],
      [1, 28, "mismatched input ';' expecting BY_"],
      [1, 1, 'column "nam" does not exist'],
    ]);
  });

  it('leaves out every word that the parser of SQLite would have taken', () => {
    const said =
      "line 2:7 extraneous input '=' expecting {'(', '+'}\na.sql:1:1: extraneous input '=' expecting {'(', '+'}";
    expect(sqlcProblems(said, CONFIG, TREE)).toEqual([
      { path: 'tools/sqlc/a.sql', line: 2, column: 8, message: "extraneous input '='" },
    ]);
  });

  it('puts at the configuration what has no place of its own, and never names the scratch folder', () => {
    for (const [line, message] of [
      [
        `error parsing queries: no queries contained in paths ${TREE}/tools/sqlc/queries`,
        'no queries contained in paths tools/sqlc/queries',
      ],
      [
        `error parsing schema: path error: stat ${TREE}/x.sql: no such file`,
        'path error: stat x.sql: no such file',
      ],
    ] as const) {
      expect(sqlcProblems(`# package store\n${line}\n`, CONFIG, TREE)).toEqual([
        { path: CONFIG.path, line: 1, column: 1, message },
      ]);
    }
  });

  it.each([
    [`error parsing schema: path error: stat ${TREE}/db/other.sql: no such file`, 9],
    [`error parsing queries: no queries contained in paths ${TREE}/tools/sqlc/mine`, 4],
  ])('puts at its entry what the configuration asks for: %s', (said, line) => {
    expect(sqlcProblems(said, CONFIG, TREE)).toMatchObject([{ path: CONFIG.path, line, column: 5 }]);
  });

  it.each([
    ['error generating code: template: boom', /see by hand: sqlc generate -f tools\/sqlc\/sqlc\.yml/],
    ['source error: illegal UTF-8 encoding', /give it a name in UTF-8/],
    ['', /see by hand/],
  ])('throws where nothing points at a source: %j', (said, hint) => {
    let thrown: unknown;
    try {
      sqlcProblems(`${TREE}/tools/sqlc: ${said}`, CONFIG, TREE);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(CheckError);
    expect(thrown).toMatchObject({
      code: 'sqlc-failed',
      message: expect.stringContaining(said),
      place: { path: CONFIG.path },
      hint: expect.stringMatching(hint),
    });
    expect(thrown).not.toMatchObject({ message: expect.stringContaining(TREE) });
  });
});
