/** A rule's page: what `dbcheck explain` prints and `docs/rules/` holds. It stands beside the rule, in `NAME.page.ts`. */
export interface RulePage {
  /** What the rule wants, in a sentence or two. */
  readonly wants: string;
  /** The failure that it prevents. */
  readonly why: string;
  /** Trees that it finds something in; the first one is shown. */
  readonly bad: readonly [BadExample, ...BadExample[]];
  /** Trees that no rule finds anything in; the first one is shown. */
  readonly good: readonly [Example, ...Example[]];
}

/** A tree of files by path, in the default layout unless `dbcheck.config.yaml` is one of them. */
export interface Example {
  readonly files: Readonly<Record<string, string>>;
  /** Where it differs from the others. */
  readonly title?: string;
}

export type BadExample = Example &
  (
    | {
        /** Every finding of the rule as `path:line:column`, or `path` for a whole file. */
        readonly finds: readonly string[];
      }
    | {
        /** Only real tools can find it: a scenario in `test/scenarios/` proves the rule. */
        readonly finds: null;
        /** The path that the finding stands at. */
        readonly at: string;
      }
  );
