import { z } from 'zod';
import type { Database } from '../database.ts';
import type { StoreContext } from '../store-context.ts';
import { fingerprintOf, publicStationSchema } from './station-identity.ts';
import type { PublicStation } from './station-identity.ts';

const rowSchema = publicStationSchema.extend({ fingerprint: z.string(), trustedAt: z.string(), trustedBy: z.string() });
export type KnownStation = Readonly<z.infer<typeof rowSchema>>;

const select = `
  SELECT fingerprint, name, signing_key AS signingKey, sealing_key AS sealingKey, trusted_at AS trustedAt,
    trusted_by AS trustedBy
  FROM transfer_stations`;

/** Stations whose packages a person has decided to take. */
export function knownStations(database: Database): KnownStation[] {
  return database.rows(rowSchema, `${select} ORDER BY name, fingerprint`);
}

export function knownStation(database: Database, fingerprint: string): KnownStation | undefined {
  return database.row(rowSchema, `${select} WHERE fingerprint = @fingerprint`, { fingerprint });
}

/** A person's decision, with an audit row; one that is known already keeps its name. */
export function trustStation(context: StoreContext, station: PublicStation, actor: string): void {
  const { database, audit, now } = context;
  const fingerprint = fingerprintOf(station);
  database.write(() => {
    const added = database.run(
      `INSERT INTO transfer_stations (fingerprint, name, signing_key, sealing_key, trusted_at, trusted_by)
       VALUES (@fingerprint, @name, @signingKey, @sealingKey, @at, @actor) ON CONFLICT (fingerprint) DO NOTHING`,
      { fingerprint, ...station, at: now().toISOString(), actor },
    );
    if (added > 0) audit.append({ action: 'transfer.station-trusted', subject: fingerprint, actor });
  });
}
