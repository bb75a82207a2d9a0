import { bytesDigest, filesPart, type KeyPart } from '../cache/digest.ts';
import type { StepMemory } from '../cache/step-memory.ts';
import { programFacts } from '../process/program-facts.ts';
import { searchProgram } from '../process/search-path.ts';
import { type CommandStepInput, runCommandStep } from './command-step.ts';

/** Where a terminal or a shell keeps its own accounts, which differ from one prompt to the next. */
const OF_THE_SHELL = /^(_|SHLVL|OLDPWD|PWD|TERM\w*|COLUMNS|LINES|WINDOWID)$/;

/**
 * Runs the configured command for all targets, or takes what it made of the same inputs before. That it reads nothing
 * else is the configuration's word, so that one without inputs, or with links to files that the snapshot lacks, runs
 * each time.
 */
export async function rememberedCommand(
  memory: StepMemory,
  targets: readonly string[],
  step: CommandStepInput & { readonly inputs: readonly string[] },
): Promise<ReadonlyMap<string, Buffer>> {
  return memory.remembered<ReadonlyMap<string, Buffer>>({
    step: 'command',
    targets,
    inputs: async () => {
      if (step.inputs.length === 0 || step.links.length > 0) return null;
      const program = await programPart(step);
      const { command, dir, files, outputs } = step;
      const executable = [...step.modes].flatMap(([path, mode]) => (mode === '100755' ? [path] : []));
      const made = { command, dir, program, outputs, executable, files: filesPart(files) };
      return program && { ...made, ...variables(step) };
    },
    make: () => runCommandStep(step),
    keep: (outputs) => ({ outputs, note: null }),
    revive: ({ outputs }) => outputs,
  });
}

/** The command's first word where it is a program in PATH; null for anything else, such as a file of the work tree. */
async function programPart({ command, workspace }: CommandStepInput): Promise<KeyPart> {
  const [word = ''] = command.trim().split(/\s/);
  const path = /^[\w.+-]+$/.test(word) ? await searchProgram(word, workspace.env['PATH']) : null;
  return path === null ? null : [path, (await programFacts(path, async () => null)).digest];
}

/** The whole environment, as a digest: it may hold secrets. */
function variables({ workspace }: CommandStepInput): { readonly env: string } {
  const kept = Object.entries(workspace.env).filter(([name]) => !OF_THE_SHELL.test(name));
  return { env: bytesDigest(JSON.stringify(kept.toSorted())) };
}
