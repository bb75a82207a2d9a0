import type { z } from 'zod';
import type { Evidence, RuleFacts } from '../verdict/evidence.ts';
import type { Severity } from './severity.ts';
import type { Sighting } from './sighting.ts';

/** A rule: from what is known of a target to what there is to say about it. Never reads anything itself. */
export interface Rule {
  /** Where the configuration says nothing. */
  readonly severity: Severity | 'off';
  /** What it finds, in one line: the text of lists and documents. */
  readonly summary: string;
  /** The options that it takes, each with a default; left out where it takes none. */
  readonly options?: z.ZodObject;
  /** Judges by what steps make or git says, which a lint of sources does not ask. */
  readonly needsSteps?: true;
  /** Left out where something else than evidence makes its findings: a hook's file, a command that fails. */
  check?(evidence: Evidence, facts: RuleFacts, options: unknown): readonly Sighting[];
}

/** A rule that takes options, with their type known to its check. */
export interface RuleWithOptions<Options extends z.ZodObject> extends Omit<Rule, 'options' | 'check'> {
  readonly options: Options;
  check(evidence: Evidence, facts: RuleFacts, options: z.infer<Options>): readonly Sighting[];
}

/** Makes a rule of the catalogue of one that knows the type of its options, which are read once for all evidence. */
export function withOptions<Options extends z.ZodObject>(rule: RuleWithOptions<Options>): Rule {
  const known = new WeakMap<object, z.infer<Options>>();
  const read = (options: unknown): z.infer<Options> => {
    const given = Object(options);
    const earlier = known.get(given);
    if (earlier !== undefined) return earlier;
    const parsed = rule.options.parse(options);
    known.set(given, parsed);
    return parsed;
  };
  return { ...rule, check: (evidence, facts, options) => rule.check(evidence, facts, read(options)) };
}

/** A location that means a whole file. */
export function wholeFile(path: string): Sighting['location'] {
  return { path, line: null, column: null };
}

/** The start of a line; a line that is not known means the whole file. */
export function atLine(path: string, line: number | null): Sighting['location'] {
  return { path, line, column: line === null ? null : 1 };
}
