const PLAIN = String.raw`[\w./$](?:[\w./*?+~=@^$,()%-]| (?!#))*`;
const QUOTED = String.raw`"[^"\\]*"|'[^']*'`;
const FLOW = String.raw`[[{][^#]*[\]}]`;
const VALUE = `(?:${PLAIN}|${QUOTED}|(?<flow>${FLOW}))`;
/** A line that is whole by itself: items, a key, a value, a comment. */
const LINE = new RegExp(
  String.raw`^(?<indent> *)(?<dashes>(?:- +)*)(?:(?<key>\w[\w.-]*|${QUOTED}):(?: +${VALUE})?|${VALUE.replace('flow', 'item')})?(?: +#.*)?$`,
);
/** Where an anchor, an alias, a tag or a scalar of several lines may begin; a character that no line may hold. */
const BEYOND = /(?:^|[\s,[{:])[&*!|>%@`]|[\t\r\u0085\u2028\u2029\uFEFF]|^(?:---|\.\.\.)/m;
const BLANK = /^ *(?:#.*)?$/;

/**
 * The text of an sqlc configuration without the lines of the entries that are not wanted, for it takes long to parse a
 * thousand entries to keep one.
 *
 * Only for plain block style, in which every line stands for itself, so that an entry is the lines from its dash to the
 * next one. There is no anchor that another entry could refer to.
 *
 * @param keep indices of entries, each of which the text has
 * @returns null where the text may be anything else
 */
export function sliceEntries(text: string, keep: readonly number[]): string | null {
  if (keep.length === 0 || BEYOND.test(text)) return null;
  const lines = text.split('\n');
  const list = listOfEntries(lines);
  if (list === null) return null;
  const { start, items, end } = list;
  const kept = new Set(keep);
  if ([...kept].some((index) => items[index] === undefined)) return null;
  const chosen = items.flatMap((first, index) =>
    kept.has(index) ? lines.slice(first, items[index + 1] ?? end) : [],
  );
  return [...lines.slice(0, start), ...chosen, ...lines.slice(end)].join('\n');
}

/** The lines of the one list of entries: its first line, that of each entry, and the line after the last one. */
interface EntryLines {
  readonly start: number;
  readonly items: readonly number[];
  readonly end: number;
}

function listOfEntries(lines: readonly string[]): EntryLines | null {
  const keys: { readonly name: string; readonly line: number }[] = [];
  const items: number[] = [];
  let dashes: number | null = null;
  for (const [line, text] of lines.entries()) {
    if (BLANK.test(text)) continue;
    const found = LINE.exec(text)?.groups;
    if (found === undefined || !isWhole(found)) return null;
    const indent = found['indent']?.length ?? 0;
    const isItem = found['dashes'] !== '';
    const list = keys.at(-1);
    if (indent === 0 && !isItem) {
      const name = found['key'] ?? '';
      if (!/^\w+$/.test(name) || keys.some((key) => key.name === name)) return null;
      // A value on its own line would leave no room for items below.
      if (isList(name) && !/^\w+: *(?:#.*)?$/.test(text)) return null;
      keys.push({ name, line });
    } else if (list !== undefined && isList(list.name)) {
      dashes ??= isItem ? indent : null;
      if (dashes === null || indent < dashes || (indent === dashes && !isItem)) return null;
      if (indent === dashes) items.push(line);
    } else if (indent === 0) return null;
  }
  const lists = keys.filter(({ name }) => isList(name));
  const [list] = lists;
  const [start] = items;
  if (list === undefined || lists.length > 1 || start === undefined) return null;
  return { start, items, end: keys.find(({ line }) => line > list.line)?.line ?? lines.length };
}

function isList(name: string): boolean {
  return name === 'sql' || name === 'packages';
}

/** A line that neither a value nor the item of a list stands on continues one of the lines before it. */
function isWhole(line: Readonly<Record<string, string | undefined>>): boolean {
  const flow = line['flow'] ?? line['item'];
  return (line['key'] !== undefined || line['dashes'] !== '') && (flow === undefined || isBalanced(flow));
}

/** Whether the bracket that a text begins with is closed by its last character, and no quote is left open. */
function isBalanced(text: string): boolean {
  const bare = text.replaceAll(new RegExp(QUOTED, 'g'), '');
  if (/["'\\]/.test(bare)) return false;
  let depth = 0;
  for (const [at, character] of [...bare].entries()) {
    if (character === '[' || character === '{') depth += 1;
    if (character === ']' || character === '}') depth -= 1;
    if (depth === 0 && at < bare.length - 1) return false;
  }
  return depth === 0;
}
