import type { ReportDocument } from './json-definition.ts';
import type { Judgement } from './judgement.ts';
import { maskJudgement } from './mask-judgement.ts';

/**
 * Everything that a run says, for machines.
 *
 * @returns one JSON document with a newline at its end, in the shape of `schema/dbcheck.report.schema.json`
 */
export function reportJson(judgement: Judgement): string {
  return `${JSON.stringify(reportDocument(maskJudgement(judgement)), null, 2)}\n`;
}

function reportDocument(judgement: Judgement): ReportDocument {
  return {
    version: 1,
    outcome: judgement.outcome,
    snapshot: judgement.snapshot && {
      kind: judgement.snapshot.kind,
      id: judgement.snapshot.id,
      label: judgement.snapshot.label,
    },
    checked: judgement.checked.map(({ target, steps, outputs, through = null }) => ({
      ...{ target, outputs, through },
      steps: [...steps],
    })),
    switchedOff: [...judgement.switchedOff],
    notChecked: judgement.notChecked.map(({ target, reason }) => ({ target, reason })),
    diagnostics: judgement.diagnostics.map((finding) => ({
      id: finding.id,
      rule: finding.rule,
      severity: finding.severity,
      message: finding.message,
      target: finding.target,
      location: documentLocation(finding.location),
      because: finding.because,
      folded: finding.folded,
      diff: finding.diff,
      fix: finding.fix,
    })),
    errors: judgement.errors.map(({ code, message, location, hint }) => ({
      code,
      message,
      location: location && documentLocation(location),
      hint,
    })),
  };
}

function documentLocation({ path, line, column }: ReportDocument['diagnostics'][number]['location']) {
  return { path, line, column };
}
