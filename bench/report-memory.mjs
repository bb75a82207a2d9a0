import { writeFileSync } from 'node:fs';

// Preloaded into the dbcheck that is measured: bytes of its process at their most, without its children's. Where V8 lets itself be
// asked to collect (`--expose-gc`), the heap and the buffers that are left after that; else all that it had of the machine.
const report = process.env['BENCH_REPORT'];
const SOON = 200;
const BYTES_PER_KIBIBYTE = 1024;
let held = 0;

function look() {
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  held = Math.max(held, heapUsed + arrayBuffers);
}

if (globalThis.gc !== undefined) setInterval(look, SOON).unref();
process.on('exit', () => {
  const bytes = globalThis.gc === undefined ? process.resourceUsage().maxRSS * BYTES_PER_KIBIBYTE : held;
  if (report !== undefined) writeFileSync(report, String(bytes));
});
