import * as z from 'zod/mini';

/**
 * What dbcheck itself needs from an sqlc configuration. sqlc is strict about the keys that it knows, so unknown ones
 * are left to it: they differ from one of its versions to the next. Written in the small form of zod, since each run reads
 * such a configuration, and the other form takes three times as long to load.
 */
const paths = z.nullish(z.union([z.string(), z.array(z.string())]));
const out = z.string().check(z.minLength(1));
const engine = z.enum(['postgresql', 'mysql', 'sqlite']);
const database = z.nullish(z.looseObject({}));
const analyzer = z.nullish(z.looseObject({ database: z.optional(z.unknown()) }));
const plugin = z.looseObject({
  wasm: z.nullish(z.looseObject({ sha256: z.nullish(z.string()) })),
  env: z.optional(z.unknown()),
  process: z.nullish(z.looseObject({ cmd: z.nullish(z.string()) })),
});
const plugins = z.nullish(z.array(plugin));
const package1 = z.looseObject({
  ...{ engine: z.nullish(engine), path: out },
  ...{ schema: paths, queries: paths, database, analyzer },
});
const gen = z.looseObject({
  go: z.nullish(z.looseObject({ out })),
  json: z.nullish(z.looseObject({ out })),
});
const entry2 = z.looseObject({
  ...{ engine, schema: paths, queries: paths, database, analyzer },
  gen: z.nullish(gen),
  codegen: z.nullish(z.array(z.looseObject({ out }))),
});

export const sqlcVersion1 = z.looseObject({ packages: z.array(package1).check(z.minLength(1)) });

export const sqlcVersion2 = z.looseObject({ sql: z.array(entry2).check(z.minLength(1)), plugins });
