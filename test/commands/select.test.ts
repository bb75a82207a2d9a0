import { describe, expect, it } from 'vitest';
import type { OpenProject } from '../../src/commands/open-project.ts';
import { targetsToJudge } from '../../src/commands/select.ts';
import { laidOut } from '../plan/laid-out.ts';

const QUERY = 'tools/sqlc/queries/postgres/q.sql';
const CONFIG = 'tools/sqlc/sqlc_postgres.yml';
const TREE = {
  'dbcheck.config.yaml': 'derive: {}\n',
  'tools/atlas/schemas/postgres/a.hcl': '',
  'tools/atlas/schemas/postgres/b.hcl': '',
  'tools/atlas/schemas/mysql/a.hcl': '',
  [QUERY]: '',
  [CONFIG]: `version: "2"
sql:
  - {engine: postgresql, schema: schemas/postgres/a.sql, queries: queries/postgres, gen: {go: {package: p, out: go}}}
`,
};

type Selected = Pick<OpenProject, 'project' | 'headProject' | 'graph' | 'headConfigs' | 'changes'>;

async function opened(...changed: string[]): Promise<Selected> {
  const { project, graph, configs } = await laidOut(TREE);
  const changes = changed.map((path) => ({ path, kind: 'modified' as const }));
  return { project, headProject: project, graph, headConfigs: configs, changes };
}

describe('targetsToJudge', () => {
  it('takes all of a whole tree, and of a narrowed one what the changes have to do with', async () => {
    const ids = async (scope: 'whole' | 'changed', ...wanted: string[]) =>
      targetsToJudge(await opened(QUERY), scope, wanted).map(({ target }) => target.id);
    expect(await ids('whole')).toEqual(['mysql/a', 'postgres/a', 'postgres/b', CONFIG]);
    expect(await ids('changed')).toEqual(['postgres/a', CONFIG]);
    expect(await ids('whole', 'mysql')).toEqual(['mysql/a']);
    expect(await ids('whole', 'postgres/b', CONFIG)).toEqual(['postgres/a', 'postgres/b', CONFIG]);
    expect(await ids('changed', 'postgres/b')).toEqual([]);
  });

  it('takes what a configuration has to do with that only HEAD has', async () => {
    const open = await opened('old.config.yaml');
    expect(targetsToJudge(open, 'changed', [])).toEqual([]);
    const head = { ...open, headProject: { ...open.project, configFile: 'old.config.yaml' } };
    expect(targetsToJudge(head, 'changed', []).map(({ target }) => target.id)).toEqual([
      'mysql/a',
      'postgres/a',
      'postgres/b',
      CONFIG,
    ]);
  });

  it('takes everything where the configuration of HEAD is broken, so that nothing of it was ever judged', async () => {
    const open = { ...(await opened('broken.config.yaml')), headProject: null };
    expect(targetsToJudge(open, 'changed', []).map(({ target }) => target.id)).toEqual([
      'mysql/a',
      'postgres/a',
      'postgres/b',
      CONFIG,
    ]);
    expect(targetsToJudge(open, 'changed', ['mysql']).map(({ target }) => target.id)).toEqual(['mysql/a']);
  });

  it('refuses a name that fits nothing, with the nearest one that does', async () => {
    const open = await opened();
    const select = () => targetsToJudge(open, 'whole', ['postgres/a', 'postgers/b']);
    expect(select).toThrow(
      expect.objectContaining({ code: 'unknown-target', message: expect.stringContaining('postgers/b') }),
    );
    expect(select).toThrow(expect.objectContaining({ hint: expect.stringContaining('postgres/b') }));
  });
});
