import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actedFrame, type Expression } from '../../e2e/devices/acting.ts';
import { deskFrame, findSitters, living, type Sitter } from '../../e2e/devices/sitters.ts';
import type { LivenessStep } from '../../native-bridge/contract/liveness.ts';
import { decodePicture } from '../../native-bridge/face/decode-picture.ts';
import { createFaceEngine } from '../../native-bridge/face/face-engine.ts';
import { openDataKey } from '../../native-bridge/store/key-folder.ts';
import { openStore } from '../../native-bridge/store/open-store.ts';
import {
  frameOf,
  layAndConsent,
  newFolder,
  next,
  removeFolder,
  sealPhotographed,
  startTestStation,
  view,
} from './test-station.ts';
import type { TestStation } from './test-station.ts';

const modelFolder = join(import.meta.dirname, '..', '..', 'assets', 'models');
const card = 'adult-male-zhuang';

let atRest: Uint8Array;
let atRestAgain: Uint8Array;
let moving: Readonly<Record<LivenessStep, Uint8Array>>;
let station: TestStation;

/** The person of the sample picture in every movement that can be asked for. */
async function rehearse(person: Sitter): Promise<Readonly<Record<LivenessStep, Uint8Array>>> {
  const engine = await createFaceEngine({ modelFolder });
  const [rest] = await engine.analyse(await decodePicture(await frameOf(person)));
  await engine.close();
  const acting = (expression: Expression) => deskFrame(person, view, actedFrame(person, view, expression, rest));
  const turned = await acting({ yaw: 38 });
  return {
    blink: await acting({ blink: 1 }),
    'turn-left': turned,
    'turn-right': await sharp(turned).flop().jpeg({ quality: 92 }).toBuffer(),
    'open-mouth': await acting({ mouth: 0.45 }),
    nod: await acting({ pitch: -32 }),
  };
}

beforeAll(async () => {
  const { first } = await findSitters(['first']);
  [atRest, atRestAgain] = await living(await frameOf(first));
  moving = await rehearse(first);
});
beforeEach(async () => {
  station = await startTestStation(newFolder());
});
afterEach(async () => {
  await station.stop();
  removeFolder(station.dataFolder);
});

const mostFrames = 600;

/** The steps are done in real time; a busy machine may need a second attempt. */
const testMs = 60_000;

describe('a station whose project requires the liveness check', () => {
  it(
    'takes the photo of somebody who does what is asked for, and keeps what was seen',
    async () => {
      const { client, storeKey } = station;
      await client.call('liveness.set-mode', { mode: 'required' });
      await layAndConsent(client, card, atRest);
      await client.call('capture.open', {});
      const compared = next(client, 'enrolment.changed', ({ enrolment }) => enrolment?.draft.comparison !== undefined);
      let jpeg = atRest;
      const asked = new Set<LivenessStep>();
      for (let sequence = 0, shot = false; sequence < mostFrames && !shot; sequence++) {
        const guidance = await client.call('capture.frame', { sequence, jpeg });
        const { challenge } = guidance;
        ({ shot } = guidance);
        if (challenge?.phase === 'step' && !challenge.seen) {
          if (asked.size === 0)
            await expect(client.call('capture.shoot', {})).rejects.toMatchObject({ code: 'liveness.not-over' });
          asked.add(challenge.step);
          jpeg = moving[challenge.step];
        } else jpeg = jpeg === atRest ? atRestAgain : atRest;
      }
      const { enrolment } = await compared;
      expect(enrolment?.draft.liveness).toMatchObject({ mode: 'required', challenge: { passed: true } });
      expect(new Set(enrolment?.draft.liveness?.challenge?.attempts.at(-1)?.asked)).toEqual(asked);

      const id = await sealPhotographed(client);
      await station.stop();
      const { dataFolder } = station;
      const key = openDataKey(dataFolder, join(dataFolder, 'station.db'), storeKey);
      const store = openStore({ file: join(dataFolder, 'practice.db'), key });
      const sealed = store.audit.list(id).find(({ action }) => action === 'record.sealed');
      store.close();
      expect(sealed?.detail).toMatchObject({ liveness: 'passed' });
    },
    testMs,
  );
});
