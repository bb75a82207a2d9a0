import { writeFileSync } from 'node:fs';

// Preloaded into the dbcheck that is measured: the most memory that its process had, in kibibytes, without its children's.
const report = process.env['BENCH_REPORT'];
process.on('exit', () => {
  if (report !== undefined) writeFileSync(report, String(process.resourceUsage().maxRSS));
});
