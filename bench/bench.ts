import { writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { createScratch, sweepScratch } from '../src/process/scratch.ts';
import { type Line, performanceDocument, table } from './document.ts';
import { thisMachine } from './machine.ts';
import { plot } from './plot.ts';
import type { Outcome, Row } from './row.ts';
import { hookRows } from './rows/hook.ts';
import { lintRows } from './rows/lint.ts';
import { regenerateRows } from './rows/regenerate.ts';
import { scaleRows } from './rows/scale.ts';
import { startupRows } from './rows/startup.ts';
import { type Bench, installContenders } from './setting.ts';

const ROWS: readonly Row[] = [...hookRows, ...startupRows, ...regenerateRows, ...scaleRows, ...lintRows];
const PLOT = 'performance.svg';

interface Options {
  readonly only?: string;
  readonly runs?: number;
}

async function measureAll({ only, runs }: Options): Promise<void> {
  const rows = ROWS.filter(({ id }) => id.startsWith(only ?? ''));
  if (rows.length === 0) {
    throw new Error(`no row begins with "${only}"; there are ${ROWS.map(({ id }) => id).join(', ')}`);
  }
  const machine = thisMachine();
  const undone: (() => Promise<void>)[] = [];
  const say = (text: string) => process.stderr.write(`${text}\n`);
  installContenders(say);
  await sweepScratch();
  const lines: Line[] = [];
  try {
    for (const row of rows) {
      const scratch = await createScratch();
      const bench: Bench = { scratch, say, atEnd: (undo) => undone.push(undo) };
      try {
        const outcome = await row.measure(bench, runs ?? row.runs);
        lines.push({ row, outcome });
        say(`${row.id}: ${summary(row, outcome)}`);
      } finally {
        await scratch.remove();
      }
    }
  } finally {
    for (const undo of undone) await undo();
  }
  process.stdout.write(`${table(lines)}\n`);
  if (only !== undefined || runs !== undefined) return;
  const docs = new URL('../docs/', import.meta.url);
  await writeFile(new URL(PLOT, docs), plot(lines));
  await writeFile(new URL('performance.md', docs), performanceDocument(lines, machine, PLOT));
}

function summary(row: Row, outcome: Outcome): string {
  if (outcome.kind === 'absent') return outcome.why;
  const limit = `to reach: ${row.limit.toFixed(2)}`;
  return `${outcome.value.toFixed(2)} ${row.unit}, ${limit} (${outcome.ours.toFixed(1)} : ${outcome.theirs?.toFixed(1) ?? '-'} ${outcome.unit})${outcome.note === undefined ? '' : `; ${outcome.note}`}`;
}

function count(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('it is a number of rounds, from 1.');
}

try {
  await new Command('bench')
    .description(
      'Measures what a user waits for, against other ways to the same; writes docs/performance.md.',
    )
    .option('--only <row>', `only the rows whose name begins so: ${ROWS.map(({ id }) => id).join(', ')}`)
    .option('--runs <count>', 'how many rounds for each row', count)
    .action(measureAll)
    .parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
