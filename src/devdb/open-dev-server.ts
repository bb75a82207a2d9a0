import type { DialectName } from '../config/dialect-names.ts';
import { CheckError } from '../errors.ts';
import type { DevServer, DevServerContext, DevServerKind } from './dev-server.ts';
import { noServer } from './no-server.ts';
import { openPassedThrough } from './passed-through.ts';

/** A dialect that can have a dev database is one line here and one file. */
const KINDS: Partial<Record<DialectName, () => Promise<DevServerKind>>> = {
  postgres: async () => (await import('./postgres.ts')).postgres,
  mysql: async () => (await import('./mysql.ts')).mysql,
};

/**
 * Gets a database server for a dialect.
 *
 * @param setting `embedded`, `system`, or a URL that Atlas understands
 * @throws CheckError `dialect-unsupported`, `devdb-invalid` (the setting is none of these), `devdb-missing` (no
 * binaries), `devdb-unreachable` (a given server does not answer), `devdb-failed` (it does not start)
 */
export async function openDevServer(
  dialect: DialectName,
  setting: string,
  context: DevServerContext,
): Promise<DevServer> {
  const kind = await kindOf(dialect);
  if (!isForAtlasAlone(dialect, kind, setting)) return kind.open(setting, context);
  await refuseOtherDialects(dialect, setting);
  return openPassedThrough(setting);
}

/** What a server of another dialect makes of a schema would be put down to the schema. */
async function refuseOtherDialects(dialect: DialectName, setting: string): Promise<void> {
  for (const [other, load] of Object.entries(KINDS)) {
    if (other === dialect || !(await load()).schemes.includes(schemeOf(setting) ?? '')) continue;
    throw noServer(dialect, setting, `a server of ${other}`);
  }
}

function schemeOf(setting: string): string | undefined {
  return /^([a-z][a-z0-9+.-]*):\/\//i.exec(setting)?.[1]?.toLowerCase();
}

async function kindOf(dialect: DialectName): Promise<DevServerKind> {
  const load = KINDS[dialect];
  if (load !== undefined) return load();
  throw new CheckError('dialect-unsupported', `There is no dev database for the dialect ${dialect}`, {
    hint: `move the schema to where \`schemas\` has postgres: that of ${dialect} is converted from it`,
  });
}

function isForAtlasAlone(dialect: DialectName, kind: DevServerKind, setting: string): boolean {
  if (setting === 'embedded' || setting === 'system') return false;
  const scheme = schemeOf(setting);
  if (scheme !== undefined) return !kind.schemes.includes(scheme);
  throw noServer(dialect, setting, 'which names no server');
}
