import sqlite from 'node-sqlite3-wasm';
import { quote, type TestTable } from './schema-arbitrary.ts';

type SqliteValue = string | number | bigint | Uint8Array | null;

/** A database in memory with all schemas of the oracle, converted. */
export class SqliteSide {
  readonly #db = new sqlite.Database();

  constructor() {
    this.#db.exec('PRAGMA foreign_keys = ON');
    this.#db.exec('BEGIN');
  }

  close(): void {
    this.#db.close();
  }

  create(sql: string): void {
    this.#db.exec(sql);
  }

  /** @returns for each statement an empty text, or why it was refused */
  run(statements: readonly string[]): readonly string[] {
    return statements.map((statement) => {
      try {
        this.#db.run(statement);
        return '';
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    });
  }

  rows(table: TestTable): readonly (readonly SqliteValue[])[] {
    const found = this.#db.all(`SELECT * FROM ${quote(table.name)}`);
    return found.map((row) =>
      table.columns.map(({ name }): SqliteValue => {
        const value = row[name];
        if (value === undefined) throw new Error(`${table.name} has no column ${name}`);
        if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array)) {
          throw new Error(`${name} is no value`);
        }
        return value;
      }),
    );
  }
}
