import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8 from compiling functions of WebAssembly a second time, with its optimizing compiler, when they are called often.
 * A parser has few functions, which are huge: one of them takes a quarter of a second of a core, and no process ends
 * before that is done. To be called before a parser is loaded; what is loaded already stays as it is.
 */
export function compileParsersOnce(): void {
  // The second alone would have all functions optimized at once. Node 20, 22, 24 and 26 know both.
  setFlagsFromString('--no-wasm-tier-up');
  setFlagsFromString('--no-wasm-dynamic-tiering');
}

/**
 * Has V8 collect garbage before it asks the machine for more memory, in both generations. The young one stays as large as it is,
 * where it would double again and again while there is much garbage, up to 16 MiB, and hold all of that twice. The old one is
 * collected once it has grown by a fifth, where V8 lets it grow to several times of what is alive.
 *
 * A run waits for git, tools and servers most of the time, so that collecting more often took no time that could be measured, and
 * of a check of 100 databases it leaves out a fifth of the memory. To be called before there is anything to read; what the young
 * generation has grown to already stays.
 */
export function collectBeforeGrowing(): void {
  // Both are read each time that something is about to grow. Node 20, 22, 24 and 26 know them.
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=20');
}
