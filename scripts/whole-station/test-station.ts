import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deskFrame, living, type Sitter } from '../../e2e/devices/sitters.ts';
import type { StationClient } from '../../native-bridge/contract/client.ts';
import type { EnrolmentView } from '../../native-bridge/contract/enrolment.ts';
import type { EventName, Payload } from '../../native-bridge/contract/station.ts';
import { createClient } from '../../native-bridge/rpc/client.ts';
import { inProcessChannelPair } from '../../native-bridge/rpc/in-process-channel.ts';
import { StationHost } from '../../native-bridge/station-host.ts';

/*
 * A whole station in practice mode with people in front of its camera, for tests of what needs every part: the tests of
 * the bridge alone have no pictures that the camera step takes.
 */

const assetsFolder = join(import.meta.dirname, '..', '..', 'assets');

export interface TestStation {
  readonly client: StationClient;
  readonly dataFolder: string;
  readonly storeKey: Uint8Array;
  stop(): Promise<void>;
}

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'enrol-desk-whole-'));
export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

export async function startTestStation(
  dataFolder: string,
  storeKey: Uint8Array = randomBytes(32),
): Promise<TestStation> {
  const host = new StationHost({ onReady: () => undefined, onFatal: () => undefined });
  await host.start({ version: 'test', dataFolder, assetsFolder, storeKey, operator: 'operator' });
  const [clientEnd, stationEnd] = inProcessChannelPair();
  host.serve(stationEnd);
  return { client: createClient(clientEnd), dataFolder, storeKey, stop: () => host.stop() };
}

export const next = <N extends EventName>(client: StationClient, name: N, fits: (payload: Payload<N>) => boolean) =>
  new Promise<Payload<N>>((resolve) => {
    const leave = client.on(name, (payload) => {
      if (!fits(payload)) return;
      leave();
      resolve(payload);
    });
  });

export const view = { width: 1280, height: 720, centreX: 640, centreY: 374, eyeDistance: 135 } as const;

/** One camera frame of a person, near enough for a photo; `lean` moves the head, in pixels. */
export const frameOf = (person: Sitter, lean = 0): Promise<Buffer> =>
  deskFrame(person, { ...view, centreX: view.centreX + lean });

const mostFrames = 200;

/** Lays the practice card with the person's own portrait; the person consents. */
export async function layAndConsent(client: StationClient, card: string, frame: Uint8Array): Promise<void> {
  const read = next(client, 'enrolment.changed', ({ enrolment }) => {
    const portrait = enrolment?.draft.card?.portrait;
    return portrait !== undefined && portrait.state !== 'pending';
  });
  await client.call('practice.lay', { name: card, portrait: frame });
  await read;
  const { consentTextVersion: textVersion } = await client.call('station.status', {});
  await client.call('enrolment.consent', { textVersion, faceData: true, provisionToPlatform: true });
}

/** Lays the practice card with the person's own portrait, takes the photo and waits until it is compared. */
export async function photograph(client: StationClient, card: string, frame: Uint8Array): Promise<EnrolmentView> {
  await layAndConsent(client, card, frame);
  await client.call('capture.open', {});
  const compared = next(client, 'enrolment.changed', ({ enrolment }) => enrolment?.draft.comparison !== undefined);
  const [even, odd] = await living(frame);
  for (let sequence = 0, shot = false; sequence < mostFrames && !shot; sequence++) {
    ({ shot } = await client.call('capture.frame', { sequence, jpeg: sequence % 2 === 0 ? even : odd }));
  }
  const { enrolment } = await compared;
  if (enrolment === undefined) throw new Error('no enrolment');
  return enrolment;
}

/** Fills in what is missing and seals; the card is taken away. */
export async function sealPhotographed(client: StationClient): Promise<string> {
  const fields = { workType: '020', cellPhone: '13800000000', cultureLevelType: '02', politicsType: '13' } as const;
  await client.call('enrolment.set-fields', fields);
  const { id } = await client.call('enrolment.seal', {});
  await client.call('practice.lift', {});
  return id;
}
