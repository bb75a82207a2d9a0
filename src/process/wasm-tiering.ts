import { setFlagsFromString } from 'node:v8';

/** So much that no run uses it up; V8's own is spent on the first file. */
const BUDGET = 2_000_000_000;

/**
 * Keeps V8 from compiling functions of WebAssembly a second time, with its optimizing compiler, when they are called often.
 * A parser has few functions, which are huge: one of them takes a quarter of a second of a core, and no process ends
 * before that is done. To be called before a parser is loaded; what is loaded already stays as it is.
 */
export function compileParsersOnce(): void {
  setFlagsFromString(`--wasm-tiering-budget=${BUDGET}`);
}
