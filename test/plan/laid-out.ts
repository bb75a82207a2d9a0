import { loadProject } from '../../src/config/load.ts';
import type { Project } from '../../src/config/project.ts';
import { readSqlcConfig, type SqlcConfig } from '../../src/config/sqlc-config.ts';
import { findSqlcConfigs } from '../../src/config/sqlc-configs.ts';
import { planSteps, type StepGraph } from '../../src/plan/steps.ts';
import { type DatabaseTarget, findTargets } from '../../src/plan/targets.ts';
import { filesInMemory } from '../config/files-in-memory.ts';

/** Contents by path. */
export type Tree = Readonly<Record<string, string>>;

export interface LaidOut {
  readonly project: Project;
  readonly targets: readonly DatabaseTarget[];
  readonly configs: readonly SqlcConfig[];
  readonly graph: StepGraph;
}

/** Lays out a tree that is only in memory; HEAD is the same tree unless it is given. */
export async function laidOut(tree: Tree, head: Tree = tree): Promise<LaidOut> {
  const project = await loadProject(filesInMemory(tree), { cwdPrefix: '', explicit: null, env: {} });
  const paths = new Set(Object.keys(tree));
  const targets = findTargets(project, paths, new Set(Object.keys(head)));
  const configs = await configsOf(project, tree);
  return { project, targets, configs, graph: planSteps(project, targets, configs, paths) };
}

export async function configsOf(project: Project, tree: Tree): Promise<readonly SqlcConfig[]> {
  const listing = Object.keys(tree).map((path) => ({ path, mode: '100644' }));
  return Promise.all(
    findSqlcConfigs(project, listing).map((path) => readSqlcConfig(path, Buffer.from(tree[path] ?? ''))),
  );
}
