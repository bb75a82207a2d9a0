import { loadProject } from '../../src/config/load.ts';
import { readSqlcConfig } from '../../src/config/sqlc-config.ts';
import { matchingSqlcConfigs } from '../../src/config/sqlc-configs.ts';
import { formatHcl } from '../../src/format/hcl-format.ts';
import { planSteps } from '../../src/plan/steps.ts';
import { findTargets } from '../../src/plan/targets.ts';
import { SOURCE_RULES, withoutCommented } from '../../src/rules/comment-ignores.ts';
import { toFindings } from '../../src/rules/findings.ts';
import { observe } from '../../src/rules/observe.ts';
import type { Example } from '../../src/rules/page.ts';
import type { RuleId } from '../../src/rules/rules.ts';
import { gatherSources } from '../../src/sources/gather.ts';
import { readAnew } from '../../src/sources/query-evidence.ts';
import { filesInMemory } from '../config/files-in-memory.ts';
import { repositoryTool, temporaryFolder } from '../process/repository-tool.ts';

/** Asked for once: Go takes longer to name it than a lint takes. */
let atlas: Promise<string> | undefined;

function atlasPath(): Promise<string> {
  atlas ??= repositoryTool('atlas').then(({ path }) => path);
  return atlas;
}

/**
 * What a lint of a tree finds, with the default severities and one rule on in any case.
 *
 * @returns `rule path:line:column`, in the order of the findings
 */
export async function lintExample({ files }: Example, rule: RuleId): Promise<readonly string[]> {
  const project = await loadProject(filesInMemory(files), { cwdPrefix: '', explicit: null, env: {} });
  const paths = Object.keys(files);
  const bytes = new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
  const entries = paths.map((path) => ({ path, mode: '100644', oid: '' }));
  const configs = await Promise.all(
    matchingSqlcConfigs(project, entries).map((path) =>
      readSqlcConfig(path, bytes.get(path) ?? Buffer.alloc(0)),
    ),
  );
  const listed = new Set(paths);
  const graph = planSteps(project, findTargets(project, listed, listed), configs, listed);
  const schemas = new Map([...bytes].filter(([path]) => path.endsWith('.hcl')));
  const program = schemas.size === 0 ? '' : await atlasPath();
  const formatted = formatHcl(schemas, { atlas: program, scratchDir: await temporaryFolder() });
  const evidence = await gatherSources({
    ...{ project, graph, targets: graph.targets, files: bytes, formatted },
    readQueries: readAnew,
  });
  const rules = new Map(project.rules);
  const setting = project.rules.get(rule);
  if (setting?.severity === 'off') rules.set(rule, { ...setting, severity: 'warning' });
  const facts = { fixCommand: 'dbcheck fix', changed: new Set<string>() };
  const observed = withoutCommented(observe(evidence, facts, rules), evidence, SOURCE_RULES);
  const findings = toFindings(observed, new Map(), { ...project, rules });
  return findings.map((finding) => {
    const { path, line, column } = finding.location;
    return `${finding.rule} ${[path, line, column].filter((part) => part !== null).join(':')}`;
  });
}
