import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { reportJson } from '../../src/report/json.ts';
import { reportDefinition, reportJsonSchema } from '../../src/report/json-definition.ts';
import type { Judgement } from '../../src/report/judgement.ts';
import { judgement, staleBaseline, staleSqlcSchema } from './samples.ts';

describe('reportJson', () => {
  it('has exactly the promised shape', () => {
    const failed: Judgement = {
      outcome: 'error',
      snapshot: { kind: 'commit', id: 'c0ffee', label: 'commit c0ffee' },
      checked: [{ target: 'postgres/keygen', steps: ['plan'], outputs: 2 }],
      notChecked: [{ target: 'postgres/sign', reason: 'its sources are not valid' }],
      switchedOff: ['generated/unclaimed'],
      diagnostics: [staleBaseline, staleSqlcSchema],
      errors: [
        { code: 'tool-missing', message: 'sqlc is not to be found', location: null, hint: 'dbcheck tools' },
      ],
    };
    const text = reportJson(failed);
    expect(text.endsWith('}\n')).toBe(true);
    expect(JSON.parse(text)).toEqual({
      version: 1,
      outcome: 'error',
      snapshot: { kind: 'commit', id: 'c0ffee', label: 'commit c0ffee' },
      checked: [{ target: 'postgres/keygen', steps: ['plan'], outputs: 2, through: null }],
      notChecked: [{ target: 'postgres/sign', reason: 'its sources are not valid' }],
      switchedOff: ['generated/unclaimed'],
      diagnostics: [
        {
          id: '1a1a1a1a1a1a',
          rule: 'migration/stale',
          severity: 'error',
          message: 'the baseline of postgres/keygen does not match the staged schema',
          target: 'postgres/keygen',
          location: { path: 'tools/atlas/migrations/postgres/keygen/1_initial.sql', line: 14, column: null },
          because: 'tools/atlas/schemas/postgres/keygen.hcl:31 is staged, this file is not',
          folded: false,
          diff: '@@ -14,1 +14,1 @@\n-  "wallet_type" varchar(50),\n+  "wallet_type" varchar(64),\n',
          fix: 'dbcheck fix --stage --target postgres/keygen',
        },
        {
          id: '2b2b2b2b2b2b',
          rule: 'generated/stale',
          severity: 'error',
          message: 'the sqlc schema of postgres/keygen is stale',
          target: 'postgres/keygen',
          location: { path: 'tools/sqlc/schemas/postgres/keygen.sql', line: 3, column: null },
          because: '1a1a1a1a1a1a',
          folded: true,
          diff: null,
          fix: 'dbcheck fix --stage --target postgres/keygen',
        },
      ],
      errors: [
        { code: 'tool-missing', message: 'sqlc is not to be found', location: null, hint: 'dbcheck tools' },
      ],
    });
  });

  it('fits its own definition, without a key that the definition lacks', () => {
    const extended = {
      ...judgement,
      secret: 1,
      diagnostics: judgement.diagnostics.map((d) => ({ ...d, extra: 1 })),
    };
    expect(reportDefinition.parse(JSON.parse(reportJson(extended))).diagnostics).toHaveLength(4);
    expect(() => reportDefinition.parse({ ...JSON.parse(reportJson(judgement)), more: 1 })).toThrow('more');
  });

  it('keeps a path that is not UTF-8 without loss and hides passwords of URLs', () => {
    const path = 'a\udce9.sql';
    const finding = {
      ...staleBaseline,
      location: { path, line: null, column: null },
      because: 'postgres://me:s3cret@db/x is gone',
    };
    const text = reportJson({ ...judgement, diagnostics: [finding] });
    const parsed = reportDefinition.parse(JSON.parse(text));
    expect(parsed.diagnostics[0]?.location.path).toBe(path);
    expect(text).not.toContain('s3cret');
  });

  it('has a JSON Schema in the package that is made from the definition', async () => {
    const schema = new URL('../../schema/dbcheck.report.schema.json', import.meta.url);
    expect(await readFile(schema, 'utf8'), 'npm run schema').toBe(reportJsonSchema());
  });
});
