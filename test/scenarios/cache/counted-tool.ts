import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ToolName } from '../../../src/config/project.ts';
import { fileStamp } from '../../../src/process/tool-identity.ts';
import { repositoryTool } from '../../process/repository-tool.ts';

/** A native program in front of the real tool, so that its bytes tell what it does: it writes a line, and becomes the tool. */
const SOURCE = `package main

import (
	"os"
	"syscall"
)

var tool, log string

func main() {
	file, err := os.OpenFile(log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		panic(err)
	}
	file.WriteString(os.Args[len(os.Args)-1] + "\\n")
	file.Close()
	panic(syscall.Exec(tool, os.Args, os.Environ()))
}
`;

export interface CountedTool {
  readonly path: string;
  /** How often it was started. */
  starts(): Promise<number>;
}

/** Builds one in a folder; waits until the file is old enough to be known by its times. */
export async function countedTool(name: ToolName, folder: string): Promise<CountedTool> {
  const source = join(folder, `${name}-source`);
  await mkdir(source, { recursive: true });
  await writeFile(join(source, 'main.go'), SOURCE);
  await writeFile(join(source, 'go.mod'), 'module counted\n\ngo 1.21\n');
  const [path, log] = [join(folder, `${name}-counted`), join(folder, `${name}.log`)];
  const tool = await repositoryTool(name);
  const flags = `-X main.tool=${tool.path} -X main.log=${log}`;
  await promisify(execFile)('go', ['build', '-ldflags', flags, '-o', path, '.'], { cwd: source });
  await settled(path);
  return {
    path,
    starts: async () => (await readFile(log, 'utf8').catch(() => '')).split('\n').length - 1,
  };
}

/** Waits until a program is old enough to be known by its times. */
export async function settled(path: string): Promise<void> {
  while ((await fileStamp(path)) === null) await new Promise((resolve) => setTimeout(resolve, 100));
}
