import type { Judgement } from '../../src/report/judgement.ts';
import type { FoldedFinding, RootFinding } from '../../src/rules/finding.ts';

export const staleBaseline: RootFinding = {
  id: '1a1a1a1a1a1a',
  rule: 'migration/stale',
  severity: 'error',
  target: 'postgres/keygen',
  message: 'the baseline of postgres/keygen does not match the staged schema',
  location: { path: 'tools/atlas/migrations/postgres/keygen/1_initial.sql', line: 14, column: null },
  folded: false,
  because: 'tools/atlas/schemas/postgres/keygen.hcl:31 is staged, this file is not',
  diff: '@@ -14,1 +14,1 @@\n-  "wallet_type" varchar(50),\n+  "wallet_type" varchar(64),\n',
  fix: 'dbcheck fix --stage --target postgres/keygen',
};

export const staleSqlcSchema: FoldedFinding = {
  ...staleBaseline,
  id: '2b2b2b2b2b2b',
  rule: 'generated/stale',
  message: 'the sqlc schema of postgres/keygen is stale',
  location: { path: 'tools/sqlc/schemas/postgres/keygen.sql', line: 3, column: null },
  folded: true,
  because: staleBaseline.id,
  diff: null,
};

export const staleCode: FoldedFinding = {
  ...staleSqlcSchema,
  id: '3c3c3c3c3c3c',
  target: 'tools/sqlc/sqlc_postgres.yml',
  message: 'models.go is stale',
  location: { path: 'internal/db/models.go', line: 9, column: null },
  because: staleSqlcSchema.id,
};

export const invalidQuery: RootFinding = {
  ...staleBaseline,
  id: '4d4d4d4d4d4d',
  rule: 'query/invalid',
  target: 'postgres/sign',
  message: 'column "walet" does not exist',
  location: { path: 'tools/sqlc/queries/postgres/sign.sql', line: 3, column: 8 },
  because: 'the query names a column that the schema does not have',
  diff: null,
  fix: null,
};

export const judgement: Judgement = {
  outcome: 'findings',
  snapshot: { kind: 'index', id: '7a62068f00d', label: 'the index' },
  checked: [
    { target: 'postgres/keygen', steps: ['plan', 'extract', 'sqlc'], outputs: 12 },
    { target: 'postgres/sign', steps: ['plan', 'extract', 'sqlc'], outputs: 29 },
  ],
  notChecked: [],
  switchedOff: [],
  diagnostics: [staleBaseline, staleSqlcSchema, staleCode, invalidQuery],
  errors: [],
};

export const clean: Judgement = { ...judgement, outcome: 'clean', diagnostics: [] };
