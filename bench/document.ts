import type { Machine } from './machine.ts';
import type { Outcome, Row } from './row.ts';

/** A row with what it came to. */
export interface Line {
  readonly row: Row;
  readonly outcome: Outcome;
}

/** The document of a bench: the table, its plot, the machine and how it was measured. */
export function performanceDocument(lines: readonly Line[], machine: Machine, plot: string): string {
  return `# Performance

What a user of dbcheck waits for, held against what they would wait for without it. Made by \`npm run bench\`; the numbers are those of
one run on one machine, and only the ratios mean something elsewhere.

${table(lines)}

![Each row's share of what it may come to](${plot})

${floors(lines)}## The machine

${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB · ${machine.os} · Node ${machine.node} · git ${machine.git} · load ${machine.load.toFixed(2)} before the run

## How it is measured

- The two sides of a row run in turns, A B, B A, A B, …, so that whatever else the machine does falls on both. Shown are medians; where something
  is "added to" a commit, the median of each round's difference.
- A run that ends with another exit code than it should ends the bench: what does nothing is not fast. Before a hook is timed, it has to refuse a commit.
- By hand means one shell script with the same programs of Atlas, sqlc and the servers, the servers' data folders prepared beforehand, their end not
  timed, and nothing of the conversion to SQLite.
- Changed schemas get a column of a new name in each round, so that nothing of an earlier round helps.
- Memory is the most that the process of dbcheck itself had, without Atlas, sqlc and the servers. V8 collects when it sees fit, so that it differs by a
  tenth from run to run; what is held is measured in a second run that collects five times a second.

\`npm run bench -- --only hook\` measures the rows whose names begin so, \`--runs 5\` changes the number of rounds; neither of them writes this page.
`;
}

type Measured = Extract<Outcome, { kind: 'measured' }>;

const REACHED = 'reached';

/** What rows that miss can't fall below; a text that several rows have is there once. */
function floors(lines: readonly Line[]): string {
  const missed = lines.flatMap(({ row, outcome }) =>
    row.floor !== undefined && outcome.kind === 'measured' && verdict(row, outcome) !== REACHED
      ? [row.floor]
      : [],
  );
  if (missed.length === 0) return '';
  return `## Where rows miss\n\n${[...new Set(missed)].map((floor) => `- ${floor}\n`).join('')}\n`;
}

/** The table in Markdown. */
export function table(lines: readonly Line[]): string {
  const head = '| what | against | measured | to reach | |\n|---|---|---|---|---|';
  return [head, ...lines.map(({ row, outcome }) => `| ${cells(row, outcome).join(' | ')} |`)].join('\n');
}

function cells(row: Row, outcome: Outcome): readonly string[] {
  const limit = row.unit === 'x' ? `≤ ${row.limit} ×` : `≤ ${row.limit} MB`;
  if (outcome.kind === 'absent') return [row.what, row.against, outcome.why, limit, ''];
  const { ours, theirs, unit, note } = outcome;
  const sides = [ours, ...(theirs === null ? [] : [theirs])]
    .map((side) => `${shown(side)} ${unit}`)
    .join(' : ');
  const value =
    row.unit === 'x' ? `**${shown(outcome.value)} ×** (${sides})` : `**${shown(ours)} MB** (${sides})`;
  const extra = note === undefined ? '' : `; ${note}`;
  return [row.what, row.against, `${value}${extra}`, limit, verdict(row, outcome)];
}

function verdict(row: Row, outcome: Measured): string {
  if (share(row, outcome) > 1) return 'missed';
  return outcome.missing === undefined ? REACHED : `${REACHED}, but for ${outcome.missing}`;
}

/** How much of its limit a row takes: 1 is all of it. */
export function share(row: Pick<Row, 'limit'>, outcome: Measured): number {
  return outcome.value / row.limit;
}

function shown(value: number): string {
  return Math.abs(value) < 10 ? value.toFixed(2) : value.toFixed(0);
}
