import { distance } from 'fastest-levenshtein';

/**
 * The known name that somebody most likely meant, or undefined if none is near. Case doesn't count; a name that
 * begins with what was written, or has it behind a slash, is near, since people shorten.
 */
export function nearestName(written: string, known: readonly string[]): string | undefined {
  const word = written.toLowerCase();
  const ranked = known
    .map((name) => ({ name, edits: distance(word, name.toLowerCase()) }))
    .toSorted((a, b) => a.edits - b.edits);
  const best = ranked[0];
  // Two letters that changed places are two edits.
  if (best !== undefined && best.edits <= Math.max(2, best.name.length / 3) && best.edits < word.length) {
    return best.name;
  }
  if (word.length < 3) return undefined;
  const starts = known.find((name) => name.toLowerCase().startsWith(word));
  return starts ?? known.find((name) => name.toLowerCase().endsWith(`/${word}`));
}

/** The end of a sentence about an unknown name: the nearest one, or all of them where none is near. */
export function suggestion(written: string, known: readonly string[]): string {
  const near = nearestName(written, known);
  if (near !== undefined) {
    return `did you mean \`${near}\`?`;
  }
  return known.length === 0 ? 'no name is known here' : `known are ${listOf(known, 'and')}`;
}

/** Names as prose: `a`, `b` and `c`. */
export function listOf(names: readonly string[], word: 'and' | 'or'): string {
  const quoted = names.map((name) => `\`${name}\``);
  return quoted.length < 2
    ? quoted.join('')
    : `${quoted.slice(0, -1).join(', ')} ${word} ${quoted.at(-1) ?? ''}`;
}
