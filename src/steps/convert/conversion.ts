import type { SourceFile, SourceProblem } from '../step-result.ts';
import type { WideNumeric } from './column-types.ts';
import { reachedFiles } from './reached-files.ts';
import type { PostgresEnum } from './schema-model.ts';
import { positionsIn } from './source-positions.ts';
import { Unsupported } from './unsupported.ts';

export interface ConvertOptions {
  /** Where the Postgres schema comes from; problems are reported there. */
  readonly path: string;
  /**
   * What people wrote for objects that can't be converted, by the object's name: `hosts` (a table with its indexes and
   * comments: statements), `idx_hosts_ip` (an index or another object: a statement), `hosts.ip` (a column: its definition),
   * `hosts.chk_hosts_ip` (a named constraint). An empty one leaves the object out.
   */
  readonly overrides: ReadonlyMap<string, SourceFile>;
  /** The folder of the overrides: a problem's way out names a file in it, `{object}.sql`. */
  readonly overridesDir: string;
  /** What becomes of a numeric of more than 15 digits. */
  readonly wideNumeric: WideNumeric;
}

/** Something that can't be converted. */
export interface ConversionProblem extends SourceProblem {
  /** The object that it is about, by its name among the overrides; undefined for one that can't have any. */
  readonly object?: string | undefined;
}

/** An object while it is being converted. */
export interface Subject {
  /** As a person would say it, such as `column "ip" of table "hosts"`. */
  readonly title: string;
  /** Its name among the overrides; null for one that can't have any. */
  readonly key: string | null;
  /** Where it stands in the source, in UTF-8 bytes. */
  readonly offset: number;
}

/** One run of the conversion: what all of its parts need, and the problems that they meet. */
export class Conversion {
  readonly enums: ReadonlyMap<string, PostgresEnum>;
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly wideNumeric: WideNumeric;
  readonly #options: ConvertOptions;
  readonly #used = new Set<string>();
  readonly #problems: { offset: number; message: string; object: string | undefined }[] = [];

  constructor(options: ConvertOptions, enums: ReadonlyMap<string, PostgresEnum>) {
    this.#options = options;
    this.enums = enums;
    this.values = new Map([...enums].map(([name, { values }]) => [name, values]));
    this.wideNumeric = options.wideNumeric;
  }

  /** What people wrote for an object: empty where they leave it out, null where they wrote nothing. */
  override(key: string): { readonly sql: string; readonly path: string } | null {
    const file = this.#options.overrides.get(key);
    if (file === undefined) return null;
    this.#used.add(key);
    const text = file.bytes.toString().trim();
    const isEmpty = text.split('\n').every((line) => /^\s*(?:--.*)?$/.test(line));
    return { sql: isEmpty ? '' : text, path: file.path };
  }

  /** Runs a part of the conversion; what SQLite lacks in it becomes a problem of the object, and the result is null. */
  attempt<T>(subject: Subject, make: () => T): T | null {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      this.refuse(subject, error.message, error.offset);
      return null;
    }
  }

  /** @param reason a clause that completes "can't be converted:" */
  refuse(subject: Subject, reason: string, offset = subject.offset): void {
    const { overridesDir } = this.#options;
    const wayOut =
      subject.key === null
        ? 'take it out of the schema'
        : `write it by hand in ${overridesDir}/${subject.key}.sql, or leave that file empty to do without it`;
    this.#problems.push({
      offset,
      message: `${subject.title} can't be converted to SQLite: ${reason}; ${wayOut}`,
      object: subject.key ?? undefined,
    });
  }

  /** The problems in the order of the source, and overrides that no object has the name of or that reach for files. */
  problems(sql: string): readonly ConversionProblem[] {
    const positionOf = positionsIn(sql);
    const unused = [...this.#options.overrides].filter(([key]) => !this.#used.has(key));
    const reaching = [...this.#options.overrides.values()].flatMap(({ path, bytes }) => {
      const found = reachedFiles(bytes.toString());
      return found === null ? [] : [{ path, ...found }];
    });
    return [
      ...this.#problems
        .toSorted((left, right) => left.offset - right.offset)
        .map(({ offset, ...said }) => ({ path: this.#options.path, ...positionOf(offset), ...said })),
      ...unused.map(([key, { path }]) => ({
        ...{ path, line: 1, column: 1 },
        message: `nothing in ${this.#options.path} is named "${key}" and needs to be written by hand; delete this file`,
      })),
      ...reaching.map(({ word, ...place }) => ({
        ...place,
        message: `${word} reaches files on the disk, which no schema may; take it out, or quote it where it is a name`,
      })),
    ];
  }
}
