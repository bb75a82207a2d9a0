import { AT, SHOP } from '../example-files.ts';
import type { RulePage } from '../page.ts';

const CONFIG = 'schemas: db/schemas/{dialect}/{database}.hcl\n';

function hook(path: string): string {
  return `# dbcheck guard: begin\nif ! git diff --cached --quiet -- '${path}'; then\n  dbcheck staged\nfi\n# dbcheck guard: end\n`;
}

export const page: RulePage = {
  wants: 'The guard in a hook watches every path that the configuration names; `dbcheck init` writes it.',
  why: 'The guard starts dbcheck only where a commit touches something that it watches. A path that was added to the configuration and not to the guard is never judged in a commit, and the hook is silent, as it is when all is well.',
  bad: [
    {
      title: 'the schemas were moved to `db/schemas`, and the hook watches `tools/atlas`',
      files: {
        'dbcheck.config.yaml': CONFIG,
        '.husky/pre-commit': hook('tools/atlas'),
        'db/schemas/postgres/shop.hcl': SHOP.postgres,
      },
      finds: null,
      at: '.husky/pre-commit',
    },
  ],
  good: [{ files: { [AT.postgres]: SHOP.postgres, [AT.baseline]: SHOP.baseline } }],
};
