import { maskUrl } from '../devdb/mask-url.ts';
import type { Judgement } from './judgement.ts';

/**
 * The judgement with the passwords of URLs hidden in every text that dbcheck or a tool wrote. Excerpts stay as they
 * are: they show what the repository holds, and a masked line of SQL would be a wrong one.
 */
export function maskJudgement(judgement: Judgement): Judgement {
  const mask = (text: string | null) => (text === null ? null : maskUrl(text));
  return {
    ...judgement,
    notChecked: judgement.notChecked.map((item) => ({ ...item, reason: maskUrl(item.reason) })),
    diagnostics: judgement.diagnostics.map((finding) => ({
      ...finding,
      message: maskUrl(finding.message),
      because: maskUrl(finding.because),
      fix: mask(finding.fix),
    })),
    errors: judgement.errors.map((error) => ({
      ...error,
      message: maskUrl(error.message),
      hint: mask(error.hint),
    })),
  };
}
