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
