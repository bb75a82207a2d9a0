import { execa } from 'execa';
import { createScratch, type Scratch, sweepScratch } from '../../src/process/scratch.ts';
import { moreDialects, staleInAll, wholeCommit } from './dialect-scenes.ts';
import { exampleEnvironment, writeExample } from './example-repository.ts';
import { deletedQuery, handEdit, install, secondMigration, staleSchema, unrelated } from './scenes.ts';
import { openTranscript } from './transcript.ts';

/** The scenes build on each other: what one commits, the next one changes. */
const SCENES = [
  install,
  unrelated,
  staleSchema,
  secondMigration,
  handEdit,
  deletedQuery,
  moreDialects,
  staleInAll,
  wholeCommit,
];

async function play(scratch: Scratch): Promise<void> {
  const color = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined;
  const root = await scratch.folder('example');
  const env = exampleEnvironment(root, color);
  await buildTools();
  await writeExample(root);
  const session = openTranscript(root, env, color);
  const startedAt = Date.now();
  for (const scene of SCENES) await scene({ root, session });
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  process.stdout.write(
    `\nEvery command did what it should, in ${seconds} s. The scratch repository is gone.\n`,
  );
}

/** Hooks never wait for a build, so that Atlas and sqlc are built before the first of them runs. */
async function buildTools(): Promise<void> {
  const project = new URL('../../', import.meta.url);
  process.stdout.write('Atlas and sqlc are built if this machine has not built them yet (some minutes):\n');
  await execa(process.execPath, ['dist/cli.js', 'tools'], { cwd: project, stdio: 'inherit' });
}

await sweepScratch();
const scratch = await createScratch();
try {
  await play(scratch);
} catch (error) {
  process.stderr.write(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await scratch.remove();
}
