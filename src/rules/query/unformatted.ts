import { displayPath } from '../../git/path-bytes.ts';
import type { Rule } from '../rule.ts';
import { wholeFile } from '../rule.ts';

/** A query file is not laid out as the configuration asks for. */
export const queryUnformatted: Rule = {
  severity: 'warning',
  summary: 'A query file is not laid out as `format.queries` asks for.',
  check: (evidence) => {
    if (evidence.kind !== 'queries') return [];
    return evidence.files.flatMap(({ path, bytes, source }) => {
      const formatted = evidence.formatted.get(path);
      if (formatted === undefined || formatted.equals(bytes)) return [];
      return [
        {
          target: evidence.id,
          message: `${displayPath(path)} is not formatted`,
          location: wholeFile(path),
          cause:
            'the configuration has format.queries on, so that a layout of its own is a difference in every change',
          diff: null,
          fix: 'dbcheck fmt',
          edits: [{ path, start: 0, end: source.text.length, text: formatted.toString() }],
        },
      ];
    });
  },
};
