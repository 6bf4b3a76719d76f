import { StationError } from '../contract/errors.ts';
import type { HeldWorker } from '../contract/held-worker.ts';
import type { heldWorkerCalls } from '../contract/worker-calls.ts';
import { workerUpload } from '../enrolment/worker-upload.ts';
import type { WorkerQuery } from '../platform/connector.ts';
import type { Handlers } from '../rpc/server.ts';
import { compareWorker, type Held } from './compare-worker.ts';
import type { PlatformLink } from './platform-desk.ts';
import type { RunningStation } from './running-station.ts';

/** No picture is compared: the platform gives none back. */
const noPictures = { portrait: new Uint8Array(), photo: new Uint8Array() };

/** The row of the worker himself: a filter that a platform does not know must not show somebody else. */
const isOf = (row: Held, { idCardNumber, projectCode }: WorkerQuery) =>
  row['idCardNumber']?.toUpperCase() === idCardNumber.toUpperCase() &&
  (row['projectCode'] === undefined || row['projectCode'] === projectCode);

async function heldBy({ business, connector }: PlatformLink, query: WorkerQuery): Promise<Held | undefined> {
  if (business !== undefined) {
    const { projectCode, idCardType, idCardNumber } = query;
    const rows = await business.query('worker', { projectCode, idCardType, idCardNumber });
    return rows.find((row) => isOf(row, query));
  }
  if (connector.heldWorker === undefined) throw new StationError('platform.not-offered');
  return connector.heldWorker(query);
}

/** What the platform holds of a worker, and what to do where it differs. */
export function heldWorkerHandlers(station: RunningStation): Pick<Handlers, keyof typeof heldWorkerCalls> {
  const { store } = station.parts;
  const { records, retention, correction, audit } = store;
  const load = (id: string) => {
    if (retention.isLocked(id)) throw new StationError('record.locked');
    return records.load(id).draft;
  };
  return {
    'worker.at-platform': async ({ id }): Promise<HeldWorker> => {
      const upload = workerUpload(load(id), 1, noPictures);
      const held = await station.platform.ask((link) => heldBy(link, upload));
      const askedAt = new Date().toISOString();
      if (held === undefined) return { askedAt, present: false, fields: [] };
      return { askedAt, present: true, ...compareWorker(upload, held) };
    },
    'worker.send-again': async ({ id }) => {
      const newer = correction.sendAgain(id, station.operator());
      station.publishRecord(records.summary(id));
      station.publishRecord(newer);
      station.platform.wake();
      return { id: newer.id };
    },
    'worker.note-differences': async ({ id, fields, reason }) => {
      load(id);
      audit.append({
        action: 'worker.differences-noted',
        subject: id,
        actor: station.operator(),
        detail: { fields, reason },
      });
      return {};
    },
  };
}
