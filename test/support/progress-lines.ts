/** What `plain-progress.ts` writes of a run that takes long, which no test may depend on. */
const PROGRESS = /^dbcheck: (?:at work for .*\n|found in the sources so far.*\n(?: .*\n)*)/gm;

/** What a run wrote besides its progress. */
export function withoutProgress(stderr: string): string {
  return stderr.replace(PROGRESS, '');
}
