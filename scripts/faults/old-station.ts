import { createHash } from 'node:crypto';
import sqlite from 'better-sqlite3-multiple-ciphers';
import { createAudit } from '../../native-bridge/store/audit.ts';
import { createDatabase, type Database } from '../../native-bridge/store/database.ts';
import { migrate } from '../../native-bridge/store/migration.ts';
import { enrolmentId, inventedNumber } from './invented-worker.ts';

/** The first version that has records. */
export const firstWithRecords = 4;

const pictureBytes = 20_000;

/** The file as the station opens it, without bringing it up to date. */
export function connect(file: string, key: Uint8Array): Database {
  const raw = new sqlite(file);
  raw.pragma(`cipher = 'sqlcipher'`);
  raw.pragma('legacy = 4');
  raw.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`);
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = FULL');
  raw.pragma('foreign_keys = ON');
  return createDatabase(raw);
}

function addRecord(database: Database, index: number): void {
  const id = enrolmentId(index);
  const at = new Date(Date.UTC(2025, 0, 1) + index).toISOString();
  const bytes = new Uint8Array(pictureBytes).fill(index);
  database.run(`INSERT INTO media (owner, kind, sha256, size, bytes) VALUES (@id, 'photo', @sha256, @size, @bytes)`, {
    id,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
    bytes,
  });
  database.run(
    `INSERT INTO records (id, content, content_hash, sealed_at, changed_at, project_code, card_number, name, team_name,
       band, seconds, photo_attempt)
     VALUES (@id, '{}', 'hash', @at, @at, 'P', @number, '韦试样', '班', 'match', 1, 1)`,
    { id, at, number: inventedNumber(index) },
  );
  database.run(`INSERT INTO outbox (record_id, state) VALUES (@id, @state)`, {
    id,
    state: ['sealed', 'sending', 'accepted', 'confirmed', 'needs-attention'][index % 5],
  });
}

/** Makes a station's file as an earlier version of the program left it, with a trail and, where it had them, records. */
export function makeOldStation(file: string, key: Uint8Array, version: number, records: number): void {
  const database = connect(file, key);
  migrate(database, version);
  const audit = createAudit(database, () => new Date());
  database.write(() => {
    for (let index = 0; index < records; index += 1) {
      audit.append({ action: 'made', subject: enrolmentId(index), actor: 'faults' });
      if (version >= firstWithRecords) addRecord(database, index);
    }
  });
  database.close();
}
