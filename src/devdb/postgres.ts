import type { DevServerKind } from './dev-server.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { embeddedBinaries, embeddedPackage } from './postgres-embedded.ts';
import { openGivenPostgres } from './postgres-given.ts';
import { startPrivatePostgres } from './postgres-private.ts';
import { systemBinaries, systemFolders } from './postgres-system.ts';
import { programFolders } from './program-folders.ts';
import { type ServerUser, serverUser } from './server-user.ts';

/** Postgres: from npm's binaries, from an installed server's, or a server at a URL. */
export const postgres: DevServerKind = {
  schemes: ['postgres', 'postgresql'],
  async open(setting) {
    if (isUrl(setting)) return openGivenPostgres(setting);
    const user = await serverUser();
    return startPrivatePostgres(await binaries(setting, user), user);
  },
};

async function binaries(setting: string, user: ServerUser): Promise<PostgresBinaries> {
  if (setting === 'embedded') return embeddedBinaries(embeddedPackage(), user);
  return systemBinaries(await programFolders(process.env, systemFolders));
}

function isUrl(setting: string): boolean {
  return setting.includes('://');
}
