import { type KeyPart, keyOf } from './digest.ts';
import { readEntry, sweepStore, writeEntry } from './store.ts';

/** What is kept of a step: the files that it made, and one word about how. */
interface KeptStep {
  readonly outputs: ReadonlyMap<string, Buffer>;
  readonly note: string | null;
}

/** A step that may have been made before. */
interface RememberedStep<T> {
  readonly step: 'plan' | 'extract' | 'command' | 'convert' | 'sqlc';
  /** The targets that it is made for, as the summary counts them. */
  readonly targets: readonly string[];
  /**
   * Every fact that the outputs depend on: inputs, tools, server. Null where that can't be told: then the step is made
   * each time, and no verdict that rests on it is kept.
   */
  readonly inputs: () => Promise<KeyPart | null>;
  readonly make: () => Promise<T>;
  /** Null for what is not to be kept, such as a refusal. */
  readonly keep: (made: T) => KeptStep | null;
  readonly revive: (kept: KeptStep) => T;
}

/** What earlier runs made, and what became of that in this one. */
export interface StepMemory {
  /** What the step made of the same inputs before, else what it makes now. */
  remembered<T>(step: RememberedStep<T>): Promise<T>;
  /** How many of the targets took every one of their steps from an earlier run. */
  countCached(targets: readonly string[]): number;
  /** Whether steps are kept at all: whoever needs not hold what it made holds it for that alone. */
  readonly keeps: boolean;
  /** Says that this run rests on something that can't be told. */
  doubt(): void;
  /** Whether everything that this run rests on could be told. */
  readonly isProven: boolean;
  /** Why nothing could be kept; null where nothing was in the way. */
  readonly problem: string | null;
  /** Brings the store back within its limits if this run added to it. */
  close(): Promise<void>;
}

/** Where steps are kept. */
export interface StepStores {
  readonly own: string;
  /** A folder that several clones read; null for none. */
  readonly shared: string | null;
  readonly writesShared: boolean;
  /** What dbcheck is, as a part of every key. */
  readonly identity: string;
}

/** Told of the targets whose step was taken from an earlier run, or has been made now. */
type OnStep = (which: 'known' | 'made', targets: number) => void;

/** The memory of a run that takes nothing from earlier ones and leaves nothing. */
export function noMemory(onStep: OnStep = () => {}): StepMemory {
  return {
    async remembered({ targets, make }) {
      const made = await make();
      onStep('made', targets.length);
      return made;
    },
    countCached: () => 0,
    keeps: false,
    doubt: () => {},
    isProven: false,
    problem: null,
    close: async () => {},
  };
}

/** A memory that keeps steps in files. */
export function stepMemory(stores: StepStores, onStep: OnStep = () => {}): StepMemory {
  const made = new Set<string>();
  const known = new Set<string>();
  const written = new Set<string>();
  let isProven = true;
  let problem: string | null = null;

  const recall = async (key: string): Promise<KeptStep | null> => {
    for (const folder of stores.shared === null ? [stores.own] : [stores.own, stores.shared]) {
      const content = await readEntry(folder, 'step', key);
      const kept = content === null ? null : readKept(content);
      if (kept !== null) return kept;
    }
    return null;
  };
  const keep = async (key: string, kept: KeptStep): Promise<void> => {
    const content = Buffer.from(JSON.stringify(writtenKept(kept)));
    const shared = stores.writesShared && stores.shared !== null ? [stores.shared] : [];
    for (const folder of [stores.own, ...shared]) {
      try {
        await writeEntry(folder, 'step', key, content);
        written.add(folder);
      } catch (error) {
        problem ??= error instanceof Error ? error.message : String(error);
      }
    }
  };
  const makeNow = async <T>({ targets, make }: RememberedStep<T>): Promise<T> => {
    for (const target of targets) made.add(target);
    const result = await make();
    onStep('made', targets.length);
    return result;
  };

  return {
    async remembered(step) {
      const inputs = await step.inputs();
      if (inputs === null) {
        isProven = false;
        return makeNow(step);
      }
      const key = keyOf({ identity: stores.identity, step: step.step, inputs });
      const kept = await recall(key);
      if (kept !== null) {
        for (const target of step.targets) known.add(target);
        onStep('known', step.targets.length);
        return step.revive(kept);
      }
      const result = await makeNow(step);
      const keeping = step.keep(result);
      if (keeping !== null) await keep(key, keeping);
      return result;
    },
    countCached: (targets) => targets.filter((target) => known.has(target) && !made.has(target)).length,
    keeps: true,
    doubt() {
      isProven = false;
    },
    get isProven() {
      return isProven;
    },
    get problem() {
      return problem;
    },
    async close() {
      for (const folder of written) await sweepStore(folder);
    },
  };
}

interface WrittenKept {
  readonly note: string | null;
  /** Paths with bytes in base64. */
  readonly outputs: readonly (readonly [string, string])[];
}

function writtenKept({ outputs, note }: KeptStep): WrittenKept {
  return { note, outputs: [...outputs].map(([path, bytes]) => [path, bytes.toString('base64')]) };
}

/** A shared folder can hold what nobody here wrote: a checksum says that it is whole, not that it fits. */
function readKept(content: Buffer): KeptStep | null {
  const value = parsed(content);
  if (typeof value !== 'object' || value === null || !('outputs' in value) || !('note' in value)) return null;
  const { outputs, note } = value;
  if (!Array.isArray(outputs) || (note !== null && typeof note !== 'string')) return null;
  const files = new Map<string, Buffer>();
  for (const item of outputs) {
    const [path, base64]: readonly unknown[] = Array.isArray(item) ? item : [];
    if (typeof path !== 'string' || typeof base64 !== 'string' || !isInTree(path)) return null;
    files.set(path, Buffer.from(base64, 'base64'));
  }
  return { outputs: files, note };
}

function parsed(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString());
  } catch {
    return null;
  }
}

/** No step makes anything beside the tree or in git's folder, and `fix` writes what steps make. */
function isInTree(path: string): boolean {
  return path.split('/').every((segment) => !['', '.', '..', '.git'].includes(segment.toLowerCase()));
}
