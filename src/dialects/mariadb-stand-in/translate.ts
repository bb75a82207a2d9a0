import { CheckError } from '../../errors.ts';
import type { HclElement, HclExpression, HclFile } from '../../format/hcl-file.ts';
import { readHcl } from '../../format/hcl-structure.ts';
import type { SchemaSource, Translation } from '../dialect.ts';
import { isToken, type MysqlToken, mysqlStatements, mysqlTokens, textOf } from '../mysql-tokens.ts';
import { chooseStandIns, MYSQL_DEFAULT } from './collations.ts';
import { applyEdits, type Edit, positionBeforeEdits } from './edits.ts';
import { requireFaithful } from './faithful.ts';
import { REAL_MYSQL, unsupported } from './refusal.ts';
import { collationsBack, ROWS } from './rows.ts';
import { elementOf, joinStatement, splitStatement } from './sql-elements.ts';
import { attributeOf, requireDistinctChecks, requireSupported } from './supported.ts';

interface ReadSource extends HclFile {
  readonly path: string;
}

/**
 * Translates a schema that is written for MySQL 8 so that Atlas can plan it on MariaDB, and what Atlas writes there
 * into what it writes on MySQL 8.
 *
 * A file that is not HCL stays as it is: Atlas says what is wrong with it.
 *
 * @throws CheckError `stand-in-unsupported` at the first construct that the table is not about
 */
export async function translateForMariadb(sources: readonly SchemaSource[]): Promise<Translation> {
  const files = await Promise.all(
    sources.map(async ({ path, bytes }): Promise<ReadSource> => ({ path, ...(await readHcl(bytes)) })),
  );
  if (files.some(({ problem }) => problem !== null)) return untranslated(sources, files);
  for (const file of files) requireSupported(file.path, file);
  requireDistinctChecks(files);
  const schemas = files.flatMap(({ path, blocks }) =>
    blocks.flatMap((block) => (block.type === 'schema' ? [{ path, block }] : [])),
  );
  const [schema, second] = schemas;
  if (second !== undefined) throw unsupported('a second schema', second.path, second.block);
  const standIns = chooseStandIns(new Set(files.flatMap(({ blocks }) => blocks.flatMap(collationsIn))));
  if (standIns === null) throw unsupported('so many collations', files[0]?.path ?? '');

  const edits = new Map(
    files.map((file) => [file.path, file.blocks.flatMap((block) => editsOf(block, standIns))]),
  );
  return {
    sources: files.map(({ path, text }) => ({
      path,
      bytes: Buffer.from(applyEdits(text, edits.get(path) ?? [])),
    })),
    database: databaseOf(schema?.block, standIns),
    server: databaseOf(undefined, standIns),
    originalPosition: (path, position) => {
      const file = files.find((one) => one.path === path);
      return file === undefined ? position : positionBeforeEdits(file.text, edits.get(path) ?? [], position);
    },
    toServer: (sql) => textOf(mysqlTokens(sql).map((token) => wordForServer(token, standIns))),
    fromServer(sql) {
      const statements = mysqlStatements(sql).map((tokens) => restored(tokens, standIns));
      requireFaithful(files, statements);
      return statements.map(textOf).join('');
    },
  };
}

function untranslated(sources: readonly SchemaSource[], files: readonly ReadSource[]): Translation {
  const invalid = files.find(({ problem }) => problem !== null)?.path ?? '';
  const refuse = (): never => {
    throw new CheckError('stand-in-unsupported', `${invalid} can't be read as HCL, though Atlas can`, {
      place: { path: invalid },
      hint: REAL_MYSQL,
    });
  };
  return {
    sources,
    database: {},
    server: {},
    originalPosition: (_, position) => position,
    toServer: refuse,
    fromServer: refuse,
  };
}

function collationsIn(block: HclElement): readonly string[] {
  const own = textIn(attributeOf(block, 'collate')?.value);
  return [...(own === undefined ? [] : [own]), ...block.blocks.flatMap(collationsIn)];
}

function editsOf(block: HclElement, standIns: ReadonlyMap<string, string>): readonly Edit[] {
  return [
    ...ROWS.flatMap((row) => row.in?.(block, standIns) ?? []),
    ...block.blocks.flatMap((inner) => editsOf(inner, standIns)),
  ];
}

function databaseOf(schema: HclElement | undefined, standIns: ReadonlyMap<string, string>) {
  const value = (name: string) =>
    schema === undefined ? undefined : textIn(attributeOf(schema, name)?.value);
  const [charset, collation] = [value('charset'), value('collate')];
  if (collation !== undefined) return { charset, collation: standIns.get(collation) ?? collation };
  if (charset !== undefined && charset !== 'utf8mb4') return { charset };
  return { charset: 'utf8mb4', collation: standIns.get(MYSQL_DEFAULT) };
}

function textIn(value: HclExpression | undefined): string | undefined {
  return value?.kind === 'string' ? value.text : undefined;
}

function wordForServer(token: MysqlToken, standIns: ReadonlyMap<string, string>): MysqlToken {
  if (isToken(token, 'GEOMCOLLECTION')) return { ...token, text: 'geometrycollection' };
  const standIn = token.kind === 'word' ? standIns.get(token.text) : undefined;
  return standIn === undefined ? token : { ...token, text: standIn };
}

function restored(
  tokens: readonly MysqlToken[],
  standIns: ReadonlyMap<string, string>,
): readonly MysqlToken[] {
  const statement = splitStatement(tokens);
  const elements = statement.elements.flatMap((element) => {
    let current: readonly MysqlToken[] | null = element.tokens;
    for (const { out } of ROWS) {
      if (current !== null && out !== undefined) current = out(elementOf(current));
    }
    return current === null ? [] : [elementOf(current)];
  });
  return collationsBack(joinStatement({ ...statement, elements }), standIns);
}
