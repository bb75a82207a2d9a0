import { lintTree, recallLint } from './known-lint.ts';
import type { CommandResult, CommonOptions, LintOptions } from './options.ts';
import { respond } from './respond.ts';

/**
 * `dbcheck lint`: what the rules find in the sources of the work tree, without a database. Where that is known from an
 * earlier run, nothing that judges is loaded.
 *
 * @throws CheckError `not-a-source` for a given path that belongs to no target; `whole-tree-only` where a baseline is to
 * be written of a part
 */
export async function lint(options: CommonOptions, lintOptions: LintOptions): Promise<CommandResult> {
  const startedAt = Date.now();
  const writes = lintOptions.fix || lintOptions.writeBaseline;
  const tree = options.useCache && !writes ? await lintTree(options, lintOptions.files) : null;
  const known = tree === null ? null : await recallLint(tree, options.env);
  if (known === null) {
    const { lintSources } = await import('./lint-sources.ts');
    return lintSources(options, lintOptions, { startedAt, tree });
  }
  return respond(known.judgement, { command: 'lint', startedAt, files: known.files }, options);
}
