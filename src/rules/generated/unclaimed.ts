import { type Rule, wholeFile } from '../rule.ts';

/** A file with sqlc's mark in a folder that no declared configuration writes to. */
export const generatedUnclaimed: Rule = {
  severity: 'warning',
  needsSteps: true,
  summary: "A file has sqlc's mark, and no declared configuration writes to its folder.",
  check: (evidence) =>
    evidence.kind !== 'unclaimed'
      ? []
      : evidence.paths.map((path) => ({
          target: evidence.id,
          message: 'a file carries the mark of sqlc and no declared configuration makes it',
          location: wholeFile(path),
          cause: 'its folder is the output of no configuration in sqlc.configs',
          diff: null,
          fix: 'add its configuration to sqlc.configs, or delete the file if nothing imports it',
        })),
};
