import { describe, expect, it } from 'vitest';
import { pathTemplate } from '../../src/config/path-template.ts';
import { guardPathspecs } from '../../src/hooks/guard-pathspecs.ts';
import { temporaryRepository } from '../support/repository.ts';
import { defaultProject, sqlcConfig } from './project.ts';

const config = sqlcConfig('tools/sqlc/sqlc_postgres.yml', {
  schema: ['tools/sqlc/schemas/postgres'],
  queries: ['tools/sqlc/queries/postgres'],
  outs: [{ dir: 'internal/db', kind: 'go' }],
});

describe('guardPathspecs', () => {
  it('cover sources, outputs, configurations, pins and hooks of the standard layout', () => {
    expect(guardPathspecs(defaultProject(), [config], ['.husky/pre-commit'])).toEqual([
      '.husky/pre-commit',
      '.husky/pre-merge-commit',
      ':(glob)dbcheck.config.*',
      'dbcheck.lint-baseline.json',
      'internal/db',
      'tools/atlas/go.mod',
      'tools/atlas/go.sum',
      'tools/atlas/migrations',
      'tools/atlas/schemas',
      'tools/sqlc/go.mod',
      'tools/sqlc/go.sum',
      'tools/sqlc/queries/postgres',
      'tools/sqlc/schemas',
      'tools/sqlc/sqlc_mysql.yml',
      'tools/sqlc/sqlc_postgres.yml',
      'tools/sqlc/sqlc_sqlite.yml',
    ]);
  });

  it('stand below the project’s folder, and name package.json only where it is the configuration', () => {
    const specs = guardPathspecs(defaultProject('web'), [], []);
    expect(specs).toContain(':(glob)web/dbcheck.config.*');
    expect(specs.filter((spec) => !spec.startsWith('web/') && !spec.startsWith(':(glob)web/'))).toEqual([]);
    expect(specs).not.toContain('web/package.json');
    expect(guardPathspecs(defaultProject('web', { configFile: 'web/package.json' }), [], [])).toContain(
      'web/package.json',
    );
  });

  it('fold what lies in a folder that is watched anyway', () => {
    const wide = sqlcConfig('tools/sqlc/sqlc_postgres.yml', { outs: [{ dir: 'tools', kind: 'go' }] });
    expect(guardPathspecs(defaultProject(), [wide], [])).toEqual([
      ':(glob)dbcheck.config.*',
      'dbcheck.lint-baseline.json',
      'tools',
    ]);
    const everything = sqlcConfig('sqlc.yaml', { outs: [{ dir: '', kind: 'go' }] });
    expect(guardPathspecs(defaultProject(), [everything], [])).toEqual(['.']);
  });

  it('take patterns of a project without folders rather than its whole tree', () => {
    const project = defaultProject('', {
      schemas: pathTemplate('{dialect}-{database}.hcl', ''),
      migrations: {
        ...defaultProject().migrations,
        dir: pathTemplate('{dialect}/{database}/migrations', ''),
      },
      sqlcSchemas: {
        template: pathTemplate('{dialect}/{database}.sql', ''),
        names: new Map([['keygen', '02_keygen.sql']]),
      },
    });
    expect(guardPathspecs(project, [], [])).toEqual(
      expect.arrayContaining([
        ':(glob)*-*.hcl',
        ':(glob)*-*/**',
        ':(glob)*/*/migrations/**',
        ':(glob)*/02_keygen.sql',
      ]),
    );
  });

  it('take the name of the project’s folder for itself, and patterns rather than all of it', async () => {
    const dir = 'apps/[web]';
    const project = defaultProject(dir, {
      schemas: pathTemplate('{dialect}-{database}.hcl', dir),
      sqlcSchemas: {
        template: pathTemplate('{dialect}-{database}.sql', dir),
        names: new Map([['keygen', '[02].sql']]),
      },
      sqlcConfigs: [],
    });
    const specs = guardPathspecs(project, [], []);
    const repository = await temporaryRepository();
    const watched = ['[02].sql', 'dbcheck.config.yaml', 'postgres-keygen.hcl', 'postgres-keygen/a.hcl'];
    await repository.commit(Object.fromEntries([...watched, 'other'].map((name) => [`${dir}/${name}`, 'x'])));
    const found = (await repository.git('ls-files', '-z', '--', ...specs)).split('\0').filter(Boolean);
    expect(found).toEqual(watched.map((name) => `${dir}/${name}`));
  });

  it('understand the patterns of sqlc and of the configuration', () => {
    const project = defaultProject('', { sqlcConfigs: ['services/*/sqlc.yaml', 'apps/{a,b}/sqlc.yaml'] });
    const globs = sqlcConfig('services/x/sqlc.yaml', {
      schema: ['db/*', ''],
      queries: ['queries/*.sql', 'odd[dir'],
      outs: [{ dir: 'gen', kind: 'go' }],
      namedOutputs: ['conn/db.go', 'gen/m.go'],
    });
    expect(guardPathspecs(project, [globs], [])).toEqual(
      expect.arrayContaining([
        ':(glob)*.sql',
        ':(glob)db/*',
        ':(glob)db/*/*.sql',
        ':(glob)queries/*.sql',
        ':(glob)services/*/sqlc.yaml',
        'services/x/sqlc.yaml',
        'apps',
        'conn/db.go',
        'gen',
      ]),
    );
  });

  it('watch commands that are files of the repository, and what they read', () => {
    const project = defaultProject('web', {
      tools: {
        atlas: { kind: 'command', command: './bin/atlas', version: null },
        sqlc: { kind: 'command', command: 'sqlc', version: '1.31.1' },
      },
      steps: {
        extract: {
          kind: 'command',
          command: 'scripts/extract.sh --all',
          inputs: ['web/extract/*.sql'],
          links: [],
        },
      },
    });
    const specs = guardPathspecs(project, [], []);
    expect(specs).toEqual(
      expect.arrayContaining(['web/bin/atlas', 'web/scripts/extract.sh', ':(glob)web/extract/*.sql']),
    );
    expect(specs.filter((spec) => /sqlc$|go\.mod/.test(spec))).toEqual([]);
  });
});
