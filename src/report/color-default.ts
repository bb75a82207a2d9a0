/**
 * Whether to color where no option says so: on a terminal, or where `FORCE_COLOR` asks for it (CI logs, a program that
 * shows the output on a terminal of its own); `NO_COLOR` wins over both.
 */
export function colorsByDefault(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'];
  return forced === undefined ? isTerminal : forced !== '0' && forced !== 'false';
}
