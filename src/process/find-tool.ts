import { mkdtemp, rm } from 'node:fs/promises';
import { join, posix, resolve } from 'node:path';
import type { ToolName, ToolSource } from '../config/project.ts';
import { shellWord, stageCommand } from '../config/stage-command.ts';
import { CheckError, type Place } from '../errors.ts';
import { inspectBinary } from './inspect-binary.ts';
import { findModuleTool, getCommand, TO_ROOT } from './module-tool.ts';
import { runnable, searchProgram } from './search-path.ts';
import type { Tool, ToolContext, ToolLookup } from './tool.ts';
import { sameVersion, withPrefix } from './tool-version.ts';

export type { Tool, ToolContext } from './tool.ts';

/** A program that may be the tool, before it was asked. */
interface Candidate {
  readonly path: string;
  readonly pin: string | null;
  readonly origin: Tool['origin'];
  readonly lookup: ToolLookup;
  readonly place: Place | undefined;
  /** What a person does about a program that doesn't fit. */
  readonly remedy: string;
}

/**
 * Finds a generator: at the configured command, as the tool of a go.mod in the snapshot, or in PATH, in that order,
 * asks it for its version, and compares that with the pin.
 *
 * @returns a tool that fits its pin; without a pin, whatever version there is
 * @throws CheckError `tool-missing`, `tool-module`, `tool-not-built`, `tool-build-failed`, `go-missing`,
 * `tool-broken` where it can't be run or is something else, `tool-version` where it isn't the pinned one
 */
export async function findTool(name: ToolName, source: ToolSource, context: ToolContext): Promise<Tool> {
  const candidate = await locate(name, source, context);
  const home = await mkdtemp(join(context.scratchDir, 'tool-home-'));
  try {
    const binary = await inspectBinary(name, candidate.path, home, context).catch((error: unknown) => {
      if (!(error instanceof CheckError)) throw error;
      throw new CheckError(error.code, error.message, {
        place: candidate.place,
        hint: candidate.remedy,
        cause: error,
      });
    });
    const version = binary.answeredVersion ?? binary.moduleVersion;
    const versions = [binary.answeredVersion, binary.moduleVersion].filter((each) => each !== null);
    requirePin(name, candidate, versions);
    return {
      name,
      path: candidate.path,
      version: version === null ? null : withPrefix(version),
      pin: candidate.pin === null ? null : withPrefix(candidate.pin),
      origin: candidate.origin,
      lookup: candidate.lookup,
      digest: binary.digest,
      cgo: binary.cgo,
    };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function locate(name: ToolName, source: ToolSource, context: ToolContext): Promise<Candidate> {
  if (source.kind === 'command') return locateCommand(name, source, context);
  const goMod = await context.readFile(source.module);
  if (goMod !== null) {
    const { path, pin, memoryKey } = await findModuleTool(name, source.module, goMod, context);
    const lookup = { kind: 'module', memoryKey } as const;
    return { path, pin, origin: 'module', lookup, place: { path: source.module }, remedy: 'dbcheck tools' };
  }
  if (source.kind === 'module') {
    throw new CheckError(
      'tool-missing',
      `${source.module}, which is to declare ${name}, is not in the snapshot`,
      {
        place: { path: source.module },
        hint: `${stageCommand(source.module)}, or correct tools.${name}.module`,
      },
    );
  }
  const path = await searchProgram(name, (context.env ?? process.env)['PATH']);
  if (path === null) {
    const folder = shellWord(posix.dirname(source.module));
    throw new CheckError(
      'tool-missing',
      `${name} is neither declared in ${source.module} nor found in PATH`,
      {
        hint: `(${TO_ROOT} && mkdir -p ${folder} && cd ${folder} && go mod init tools/${name} && ${getCommand(name)}) && ${stageCommand(posix.dirname(source.module))} && dbcheck tools; or name the program as tools.${name}.command`,
      },
    );
  }
  return {
    path,
    pin: null,
    origin: 'path',
    lookup: { kind: 'program', program: name },
    place: undefined,
    remedy: `tools.${name}.command names another program`,
  };
}

async function locateCommand(
  name: ToolName,
  source: Extract<ToolSource, { kind: 'command' }>,
  context: ToolContext,
): Promise<Candidate> {
  const { command } = source;
  const place = context.commandPlace;
  const remedy = `correct tools.${name}.command${source.version === null ? '' : ` or tools.${name}.version`}`;
  // As in a shell: a bare name is searched for, anything with a slash is a file.
  const program = command.includes('/') ? resolve(context.projectRoot, command) : command;
  const path = program.includes('/')
    ? program
    : await searchProgram(program, (context.env ?? process.env)['PATH']);
  if (path === null) {
    throw new CheckError('tool-missing', `tools.${name}.command is ${command}, which is not found in PATH`, {
      place,
      hint: remedy,
    });
  }
  const state = await runnable(path);
  if (state !== 'runnable') {
    const claim = {
      missing: 'which does not exist',
      'not-a-file': 'which is not a file',
      'not-executable': 'which may not be executed',
    };
    throw new CheckError('tool-missing', `tools.${name}.command is ${command}, ${claim[state]}`, {
      place,
      hint: state === 'not-executable' ? `chmod +x ${command}` : remedy,
    });
  }
  const lookup = { kind: 'program', program } as const;
  return { path, pin: source.version, origin: 'command', lookup, place, remedy };
}

function requirePin(name: ToolName, candidate: Candidate, versions: readonly string[]): void {
  const { pin, place, origin } = candidate;
  if (pin === null || versions.some((version) => sameVersion(version, pin))) return;
  const asked = origin === 'module' ? (place?.path ?? 'the go.mod') : `tools.${name}.version`;
  const [version] = versions;
  throw version === undefined
    ? new CheckError(
        'tool-version',
        `${name} does not say which version it is, and ${asked} asks for ${withPrefix(pin)}`,
        {
          place,
          hint: `use a released ${name}, or leave tools.${name}.version out`,
        },
      )
    : new CheckError(
        'tool-version',
        `${name} is ${withPrefix(version)}, and ${asked} asks for ${withPrefix(pin)}`,
        {
          place,
          hint:
            origin === 'module' ? 'dbcheck tools' : `install ${name} ${withPrefix(pin)}, or change ${asked}`,
        },
      );
}
