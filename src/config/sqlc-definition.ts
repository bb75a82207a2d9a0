import { z } from 'zod';

/**
 * What dbcheck itself needs from an sqlc configuration. sqlc is strict about the keys that it knows, so unknown ones
 * are left to it: they differ from one of its versions to the next.
 */
const paths = z.union([z.string(), z.array(z.string())]).nullish();
const out = z.string().min(1);
const engine = z.enum(['postgresql', 'mysql', 'sqlite']);
const database = z.looseObject({}).nullish();
const analyzer = z.looseObject({ database: z.unknown().optional() }).nullish();
const plugins = z
  .array(
    z.looseObject({
      wasm: z.looseObject({ sha256: z.string().nullish() }).nullish(),
      env: z.unknown().optional(),
      process: z.looseObject({ cmd: z.string().nullish() }).nullish(),
    }),
  )
  .nullish();

export const sqlcVersion1 = z.looseObject({
  packages: z
    .array(
      z.looseObject({
        engine: engine.nullish(),
        path: out,
        schema: paths,
        queries: paths,
        database,
        analyzer,
      }),
    )
    .min(1),
});

export const sqlcVersion2 = z.looseObject({
  sql: z
    .array(
      z.looseObject({
        engine,
        schema: paths,
        queries: paths,
        database,
        analyzer,
        gen: z
          .looseObject({ go: z.looseObject({ out }).nullish(), json: z.looseObject({ out }).nullish() })
          .nullish(),
        codegen: z.array(z.looseObject({ out })).nullish(),
      }),
    )
    .min(1),
  plugins,
});
