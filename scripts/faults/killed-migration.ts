import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { newestVersion } from '../../native-bridge/store/migration.ts';
import { openStore } from '../../native-bridge/store/open-store.ts';
import { firstWithRecords, connect, makeOldStation } from './old-station.ts';
import type { Misfortune } from './misfortunes.ts';

const script = fileURLToPath(new URL('migration-process.ts', import.meta.url));
const records = 30;

/** Kill points of one version's step: the script, the version number and the commit, before and after each. */
const pointsOfStep = 6;

function look(file: string, key: Uint8Array, version: number): string[] {
  const store = openStore({ file, key });
  const { rows, brokenAt } = store.audit.verify();
  const counted = Object.values(store.records.counts()).reduce((sum, count) => sum + count, 0);
  store.close();
  const complaints: string[] = [];
  if (brokenAt !== undefined || rows < records) complaints.push(`after a killed update the trail has ${rows} rows`);
  if (version >= firstWithRecords && counted !== records) complaints.push(`after a killed update ${counted} records`);
  const database = connect(file, key);
  const media = database.row(z.object({ count: z.int() }), 'SELECT count(*) AS count FROM media')?.count;
  const { user_version: reached } = database.row(z.object({ user_version: z.int() }), 'PRAGMA user_version') ?? {};
  database.close();
  if (version >= firstWithRecords && media !== records) complaints.push(`after a killed update ${media} pictures`);
  if (reached !== newestVersion) complaints.push(`the update stopped at version ${reached}`);
  return complaints;
}

/** The program of today is killed while it brings the file of an earlier version up to date. */
export const killedInMigration: Misfortune = async ({ setting, key }, random) => {
  const version = 1 + random.below(newestVersion - 1);
  const file = join(setting.folder, `old-${random.below(1 << 30)}.db`);
  makeOldStation(file, key, version, records);
  const killAt = 1 + random.below(pointsOfStep * (newestVersion - version));
  const child = spawn(process.execPath, [script, file, Buffer.from(key).toString('hex'), String(killAt)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  const complaints = look(file, key, version);
  for (const part of ['', '-wal', '-shm']) rmSync(file + part, { force: true });
  return { ending: signal === 'SIGKILL' ? 'killed' : 'done', complaints };
};
