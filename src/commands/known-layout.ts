import { bytesDigest, type KeyPart, keyOf } from '../cache/digest.ts';
import type { FactMemory } from '../cache/fact-memory.ts';
import type { StepMemory } from '../cache/step-memory.ts';
import { type HclFormat, startFormat } from '../format/hcl-format.ts';
import { toolPart } from '../steps/step-inputs.ts';
import type { Toolbox } from './toolbox.ts';

/** Where the layout of schemas comes from. */
export type LayoutSource = Pick<Toolbox, 'tool' | 'scratch'> & {
  readonly memory: Pick<StepMemory, 'doubt'>;
  readonly facts: FactMemory;
};

/** The schemas of one database, by path. */
export interface SchemasOfTarget {
  readonly id: string;
  readonly files: ReadonlyMap<string, Buffer>;
}

/** HCL files as Atlas formats them; each from an earlier run where its bytes and Atlas are the same. */
export interface Layout {
  /** Settled when Atlas, where it is needed, is at work or done. */
  readonly formats: Promise<ReadonlyMap<string, HclFormat>>;
}

/**
 * Starts to lay out HCL files.
 *
 * @param dir of the project, whose databases are told apart from those of other projects by it
 * @throws CheckError where there is no Atlas; `formats` rejects where it doesn't do what it is asked for
 */
export async function startLayout(
  targets: readonly SchemasOfTarget[],
  dir: string,
  { tool, scratch, memory, facts }: LayoutSource,
): Promise<Layout> {
  const atlas = await tool('atlas');
  const identity = toolPart(atlas);
  if (identity === null) memory.doubt();
  const sets = await Promise.all(targets.map((target) => knownOf(target, dir, identity, facts)));
  const unknown = new Map(
    sets.flatMap(({ files }) =>
      files.filter(({ known }) => known === undefined).map(({ path, bytes }) => [path, bytes]),
    ),
  );
  const running = await startFormat(unknown, async () => ({
    atlas: atlas.path,
    scratchDir: await (await scratch()).folder('format'),
  }));
  return { formats: running.formats.then((made) => withMade(sets, made, facts)) };
}

/** A schema with what is known of its layout: null where it has it already. */
interface KnownFile {
  readonly path: string;
  readonly bytes: Buffer;
  readonly key: string;
  readonly known: string | null | undefined;
}

interface KnownSet {
  readonly name: readonly string[];
  /** Whether what is made can be proven to be the same the next time. */
  readonly isProvable: boolean;
  readonly files: readonly KnownFile[];
}

async function knownOf(
  { id, files }: SchemasOfTarget,
  dir: string,
  identity: KeyPart | null,
  facts: FactMemory,
): Promise<KnownSet> {
  const name = ['layout', dir, id];
  const known = identity === null ? new Map() : await facts.recall<string | null>(name);
  return {
    ...{ name, isProvable: identity !== null },
    files: [...files].map(([path, bytes]) => {
      const key = keyOf([identity, bytesDigest(bytes)]);
      return { path, bytes, key, known: known.get(key) };
    }),
  };
}

async function withMade(
  sets: readonly KnownSet[],
  made: ReadonlyMap<string, HclFormat>,
  facts: FactMemory,
): Promise<ReadonlyMap<string, HclFormat>> {
  await Promise.all(
    sets.map(async ({ name, isProvable, files }) => {
      if (!isProvable || files.every(({ known }) => known !== undefined)) return;
      const kept = files.flatMap(({ path, key, known }): [string, string | null][] => {
        const format = made.get(path);
        if (known !== undefined) return [[key, known]];
        if (format?.kind !== 'formatted') return [];
        return [[key, format.changed ? format.bytes.toString('base64') : null]];
      });
      await facts.keep(name, new Map(kept));
    }),
  );
  const formats = sets.flatMap(({ files }) =>
    files.flatMap((file): [string, HclFormat][] => {
      const format = file.known === undefined ? made.get(file.path) : formatOf(file, file.known);
      return format === undefined ? [] : [[file.path, format]];
    }),
  );
  return new Map(formats);
}

function formatOf({ bytes }: KnownFile, known: string | null): HclFormat {
  return known === null
    ? { kind: 'formatted', bytes, changed: false }
    : { kind: 'formatted', bytes: Buffer.from(known, 'base64'), changed: true };
}
