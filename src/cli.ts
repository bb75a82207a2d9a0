#!/usr/bin/env node
import { setMaxListeners } from 'node:events';
import { Command, InvalidArgumentError, Option } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import type { CommandResult, CommonOptions } from './commands/options.ts';
import { startActivity } from './process/activity.ts';
import { colorsByDefault } from './report/color-default.ts';
import type { ReportingCommand } from './report/pretty.ts';
import type { SourceFindings } from './report/progress.ts';
import { endDespiteUnwrittenOutput } from './report/unwritten-output.ts';
import { watcherOf, watchProgress } from './report/watch.ts';

interface GlobalOptions {
  readonly config?: string;
  readonly target: readonly string[];
  readonly format: 'pretty' | 'json';
  readonly color?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly cache: boolean;
  readonly timing?: boolean;
}

const COULD_NOT_CHECK = 2;
const INTERRUPTED = 130;
const GRACE_MS = 5000;
const interruption = new AbortController();
// Each program that runs listens to it, as many at once as there are processors.
setMaxListeners(0, interruption.signal);

const program = new Command('dbcheck')
  .description(
    'Refuses a commit in which anything generated from the database schema is stale, missing, duplicated or orphaned.',
  )
  .version(packageJson.version)
  .showHelpAfterError('(dbcheck --help lists what there is)')
  .showSuggestionAfterError()
  .enablePositionalOptions()
  // A wrong call is exit code 2, as everything that could not be checked; commander's own is 1.
  .exitOverride();

/** Adds the options that every command has. */
function command(name: string, description: string, parent = program): Command {
  return parent
    .command(name)
    .description(description)
    .option('--config <file>', 'use this configuration instead of the nearest one')
    .option(
      '--target <dialect[/database]>',
      'judge this target only; may be given several times',
      collect,
      [],
    )
    .addOption(
      new Option('--format <format>', 'how to print the result')
        .choices(['pretty', 'json'])
        .default('pretty'),
    )
    .option('--color', 'color the output')
    .option('--no-color', 'do not color the output')
    .option('--quiet', 'print findings and errors only')
    .option('--verbose', 'print whole differences, and every target')
    .option('--no-cache', 'take no step and no verdict from earlier runs, and leave none');
}

/** A command that runs steps or rules, and can say what it waited for. */
function judgingCommand(name: string, description: string): Command {
  return command(name, description).option('--timing', 'print what the run waited for, on stderr');
}

function collect(value: string, earlier: readonly string[]): readonly string[] {
  if (value === '') throw new InvalidArgumentError('a target is a dialect, or a dialect and a database.');
  return [...earlier, value];
}

judgingCommand('staged', 'judge what is staged: the command of the git hook').action(
  async (options: GlobalOptions) => {
    const { staged } = await import('./commands/staged.ts');
    await answer(options, staged, 'staged');
  },
);

judgingCommand('check', 'judge a commit, for CI')
  .argument('[commit]', 'the commit', 'HEAD')
  .option('--from <base>', 'only what changed since the merge base with this commit')
  .action(async (revision: string, options: GlobalOptions & { from?: string }) => {
    const { check } = await import('./commands/check.ts');
    await answer(options, (common) => check(common, { revision, from: options.from ?? null }));
  });

judgingCommand('fix', 'regenerate, and write what differs')
  .option('--stage', 'regenerate from the index and stage the result', false)
  .option('--dry-run', 'say what would be written, and write nothing', false)
  .action(async (options: GlobalOptions & { stage: boolean; dryRun: boolean }) => {
    const { fix } = await import('./commands/fix.ts');
    await answer(options, (common) => fix(common, { stage: options.stage, dryRun: options.dryRun }), 'fix');
  });

command('fmt', 'format schemas, and queries where the configuration says so')
  .argument('[files...]', 'HCL files, and query files; all of the project where there are none')
  .option('--check', 'list what is not formatted, and write nothing', false)
  .action(async (files: readonly string[], options: GlobalOptions & { check: boolean }) => {
    const { fmt } = await import('./commands/fmt.ts');
    await answer(options, (common) => fmt(common, { files, check: options.check }));
  });

judgingCommand('lint', 'judge schemas and queries alone, without a database')
  .argument('[files...]', 'sources of the project; all of them where none are given')
  .option('--fix', 'mend what can be mended for certain', false)
  .option('--write-baseline', 'keep what is found as known, and tell only new findings from now on', false)
  .action(
    async (files: readonly string[], options: GlobalOptions & { fix: boolean; writeBaseline: boolean }) => {
      const { lint } = await import('./commands/lint.ts');
      const { fix, writeBaseline } = options;
      await answer(options, (common) => lint(common, { files, fix, writeBaseline }), 'lint');
    },
  );

command('explain', "print a rule's page: what it wants, why, and how it is mended or ignored")
  .argument('<rule>', 'such as migration/stale')
  .action(async (rule: string, options: GlobalOptions) => {
    const { explain } = await import('./commands/explain.ts');
    await answer(options, (common) => explain(common, rule));
  });

program
  .command('rules')
  .description('list every rule')
  .addOption(
    new Option('--format <format>', 'how to print the list')
      .choices(['pretty', 'json', 'md'])
      .default('pretty'),
  )
  .action(async ({ format }: { format: 'pretty' | 'json' | 'md' }) => {
    const { rules } = await import('./commands/rules.ts');
    process.stdout.write(rules(format).stdout);
  });

command('plan', 'show targets and steps, which of them the index affects, and why').action(
  async (options: GlobalOptions) => {
    const { plan } = await import('./commands/plan.ts');
    await answer(options, (common) => plan(common));
  },
);

command('tools', 'build or find Atlas and sqlc, and say which they are').action(
  async (options: GlobalOptions) => {
    const { tools } = await import('./commands/tools.ts');
    await answer(options, (common) => tools(common));
  },
);

command('init', 'write the git hooks, and a configuration where one is needed')
  .option('--lint-staged', 'format staged schemas by lint-staged before the check', false)
  .action(async (options: GlobalOptions & { lintStaged: boolean }) => {
    const { init } = await import('./commands/init.ts');
    await answer(options, (common) => init(common, { lintStaged: options.lintStaged }));
  });

const cache = program
  .command('cache')
  .description('what earlier runs made of the same inputs, kept in the git folder');

command('info', 'say where the cache lies and how much is in it', cache).action(
  async (options: GlobalOptions) => {
    const { cacheInfo } = await import('./commands/cache.ts');
    await answer(options, cacheInfo);
  },
);

command('clear', 'remove the cache of this repository', cache).action(async (options: GlobalOptions) => {
  const { cacheClear } = await import('./commands/cache.ts');
  await answer(options, cacheClear);
});

/** Runs a command, prints its result, and sets the exit code. */
async function answer(
  options: GlobalOptions,
  work: (common: CommonOptions) => Promise<CommandResult>,
  command: ReportingCommand = 'check',
): Promise<void> {
  const interactive = process.stderr.isTTY === true;
  const activity = startActivity(`dbcheck ${command}`);
  let found: SourceFindings | null = null;
  const common: CommonOptions = {
    cwd: process.cwd(),
    env: process.env,
    config: options.config ?? null,
    targets: options.target,
    format: options.format,
    color: options.color ?? colorsByDefault(process.env, process.stdout.isTTY === true),
    quiet: options.quiet ?? false,
    verbose: options.verbose ?? false,
    onProgress: (text) => {
      if (interactive && options.quiet !== true) process.stderr.write(`${text}\n`);
    },
    onSources: (findings) => {
      found = findings;
    },
    interactive,
    useCache: options.cache,
    signal: interruption.signal,
    activity,
  };
  const watcher = watcherOf(process.env, {
    isTerminal: interactive,
    quiet: common.quiet,
    format: common.format,
  });
  const run = { ...activity, findings: () => found };
  const endProgress = watchProgress(run, watcher, common.color);
  const result = await settle(common, work, command);
  await endProgress();
  const { aborted } = interruption.signal;
  // Steps that were told to end are no reason why a tree can't be judged.
  if (!aborted || result.exitCode !== COULD_NOT_CHECK) {
    process.stderr.write(result.stderr);
    process.stdout.write(result.stdout);
  }
  if (options.timing === true) {
    const { timingTree } = await import('./report/timing.ts');
    process.stderr.write(timingTree(activity.whole, performance.now()));
  }
  if (aborted) process.stderr.write('dbcheck: interrupted\n');
  process.exitCode = aborted ? INTERRUPTED : result.exitCode;
}

async function settle(
  common: CommonOptions,
  run: (common: CommonOptions) => Promise<CommandResult>,
  command: ReportingCommand,
): Promise<CommandResult> {
  try {
    return await run(common);
  } catch (error) {
    const { failure } = await import('./commands/failure.ts');
    return failure(error, command, common);
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // Not `once`: that takes the listener away before it is called, and others then find that nobody handles the signal.
  process.on(signal, () => {
    if (interruption.signal.aborted) process.exit(INTERRUPTED);
    interruption.abort();
    // Children are told to end and folders are removed on the way out; whatever does not end by then is left behind.
    setTimeout(() => process.exit(INTERRUPTED), GRACE_MS).unref();
  });
}

// A file beyond the limit of `ulimit -f` would end the process; handled, it is an error of that write.
process.on('SIGXFSZ', () => {});
endDespiteUnwrittenOutput();

try {
  await program.parseAsync();
} catch (error) {
  const { usageExitCode } = await import('./commands/usage.ts');
  process.exitCode = usageExitCode(error);
}
