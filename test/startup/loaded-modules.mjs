import { appendFileSync } from 'node:fs';
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

// Preloaded into a run of the built program, and its own loader: writes the URL of each module that is loaded.
if (isMainThread) register(import.meta.url);

/** @type {import('node:module').LoadHook} */
export async function load(url, context, nextLoad) {
  const list = process.env['LOADED_MODULES'];
  if (list !== undefined && url.startsWith('file:')) appendFileSync(list, `${url}\n`);
  return nextLoad(url, context);
}
