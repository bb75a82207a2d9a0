import { CheckError } from '../errors.ts';
import { type TextSpan, withoutOtherItems } from './yaml-items.ts';

/** Deeper than people write, and soon reached by an anchor that contains itself. */
const DEEPEST = 200;

/** More than people repeat, and soon reached by anchors that multiply. */
const MOST_COPIES = 10_000;

/**
 * The same sqlc configuration with only some of its entries; version, overrides, plugins and options stay.
 *
 * Every scalar keeps its spelling, since sqlc gives a plain `yes` another meaning than a quoted one. Anchors are
 * written out, as the one that is used may stand in an entry that goes.
 *
 * @param bytes of a configuration that `readSqlcConfig` accepts
 * @param keep indices of its entries
 * @param lines those of each entry, where `readSqlcConfig` can tell them: then the others are not parsed once more
 * @throws CheckError `sqlc-config-invalid`, without a place, if the bytes are no configuration
 */
export async function subsetSqlcConfig(
  bytes: Buffer,
  keep: readonly number[],
  lines: readonly TextSpan[] | null,
): Promise<Buffer> {
  const { isNode, isSeq, parseDocument, visit } = await import('yaml');
  const text = new TextDecoder().decode(bytes);
  const kept = new Set(keep);
  const isSliced = lines !== null && kept.size > 0;
  const document = parseDocument(isSliced ? withoutOtherItems(text, lines, kept) : text, {
    // Everything is text here, so that nothing is read as a number and written otherwise.
    schema: 'failsafe',
    customTags: (tags) => [...tags, 'null'],
    logLevel: 'silent',
  });
  const [error] = document.errors;
  if (error !== undefined) {
    // White space that ended one entry can be an error at the end of another.
    if (isSliced) return subsetSqlcConfig(bytes, keep, null);
    throw invalid(error.message, error);
  }

  let copies = 0;
  visit(document, {
    Alias(_, alias, path) {
      const copy: unknown = alias.resolve(document)?.clone();
      copies += 1;
      if (!isNode(copy) || path.length > DEEPEST || copies > MOST_COPIES) {
        throw invalid(`the alias \`*${alias.source}\` can't be written out`);
      }
      return copy;
    },
  });
  visit(document, {
    Node(_, node) {
      if ('anchor' in node) {
        delete node.anchor;
      }
    },
  });

  const entries = document.get(document.get('version') === '1' ? 'packages' : 'sql');
  if (!isSeq(entries)) {
    throw invalid('it has no list of entries');
  }
  if (!isSliced) {
    entries.items = entries.items.filter((_, index) => kept.has(index));
  }
  return Buffer.from(document.toString({ lineWidth: 0 }));
}

function invalid(reason: string, cause?: unknown): CheckError {
  return new CheckError('sqlc-config-invalid', `the sqlc configuration can't be narrowed: ${reason}`, {
    cause,
  });
}
