import { describe, expect, it } from 'vitest';
import { testFace } from '../capture/test-face.ts';
import { decoded, guangxi, paintPicture, spots } from '../capture/test-picture.ts';
import type { Draft } from '../contract/enrolment.ts';
import { type StationError } from '../contract/errors.ts';
import { testCard, testComparison, testConsent } from '../enrolment/test-draft.ts';
import type { FaceGeometry, RgbImage } from '../face/types.ts';
import { CaptureDesk } from './capture-desk.ts';
import { EnrolmentDesk } from './enrolment-desk.ts';

const cameraFrame = paintPicture(1280, 720, spots(150));

/** What the engine finds in a photo of 358×441: a face in place whose eyes do not open. */
const closedEyes = [testFace({ at: { x: 179, y: 190 }, eyeDistance: 90, eyeGap: 0.02 })];

/** A worker in front of the camera whose photos show `inPhoto`. */
function camera(inPhoto: readonly FaceGeometry[]) {
  let latest: Draft | undefined;
  const [seen, released]: [RgbImage[], RgbImage[]] = [[], []];
  const desk = new EnrolmentDesk({
    store: {
      drafts: { current: () => undefined, save: (draft) => void (latest = draft), discard: () => undefined },
      records: {
        seal: () => Promise.reject(new Error('not here')) as never,
        findByNumber: () => undefined,
        lastUpdateOf: () => undefined,
      },
    },
    operator: () => 'operator',
    projectCode: 'TEST0001',
    newId: () => '0190a6b0-0000-7000-8000-000000000002',
    now: () => new Date('2026-11-23T01:00:00Z'),
    team: () => undefined,
    aged: (card) => card,
    demandOpen: () => undefined,
    onChanged: () => undefined,
    onSealed: () => undefined,
  });
  const capture = new CaptureDesk({
    desk,
    faces: {
      // An empty frame stands for the camera's; photos are real files.
      decode: async (bytes): Promise<RgbImage> => {
        if (bytes.length > 0) return decoded(bytes);
        seen.push({ ...cameraFrame });
        return seen.at(-1)!;
      },
      analyse: () => Promise.resolve(inPhoto),
      follow: () => () => Promise.resolve([testFace()]),
      release: (image) => void released.push(image),
      compare: () => Promise.resolve(testComparison('match')),
    },
    profile: () => guangxi,
    cardCompleted: () => Promise.resolve(),
    onTrouble: (error: StationError) => expect.unreachable(error.code),
  });
  const { givenAt: _givenAt, ...consent } = testConsent;
  desk.cardRead(testCard());
  desk.consent(consent);
  capture.open();
  const look = () => capture.frame(1, new Uint8Array());
  return { capture, look, photo: () => latest?.photo, seen, released };
}

/** The photo is refused as often as the profile has patience for. */
async function refusedTwice({ capture, look }: ReturnType<typeof camera>): Promise<void> {
  for (let attempt = 0; attempt < guangxi.guiding.patienceTries; attempt++) {
    expect((await look()).mayTakeBest).toBeUndefined();
    await expect(capture.shoot()).rejects.toMatchObject({ code: 'capture.final-check-failed' });
  }
}

describe('a photo that does not conform', () => {
  it('is taken for a reason once patience has run out, and says what it does not meet', async () => {
    const session = camera(closedEyes);
    await refusedTwice(session);
    expect((await session.look()).mayTakeBest).toBe(true);
    await session.capture.takeBest('eye condition');
    await session.capture.settled();
    const { takenBy, exception, checks } = session.photo()!;
    expect(takenBy).toBe('operator');
    expect(exception?.reason).toBe('eye condition');
    expect(exception?.failed).toEqual(checks.filter(({ status }) => status === 'block').map(({ name }) => name));
    expect(exception?.failed).toContain('eyes-open');
    expect(session.photo()).toMatchObject({ profile: 'guangxi', profileVersion: guangxi.version });
  });

  it('can be taken from the frame that was refused, without a new one', async () => {
    const session = camera(closedEyes);
    await refusedTwice(session);
    await session.capture.takeBest('eye condition');
    await session.capture.settled();
    expect(session.photo()?.exception?.reason).toBe('eye condition');
  });

  it('is refused before that', async () => {
    const session = camera(closedEyes);
    await session.look();
    await expect(session.capture.takeBest('eye condition')).rejects.toMatchObject({ code: 'capture.not-ready' });
    expect(session.photo()).toBeUndefined();
  });

  it('is refused for any reason when it shows no face', async () => {
    const session = camera([]);
    await refusedTwice(session);
    await expect(session.capture.takeBest('no face at all')).rejects.toMatchObject({
      code: 'capture.final-check-failed',
    });
    expect(session.photo()).toBeUndefined();
  });
});

describe('the frames of the camera', () => {
  it('give their memory back unless they are among the best', async () => {
    const { look, seen, released } = camera(closedEyes);
    for (let frame = 0; frame < 8; frame++) await look();
    const places = released.map((image) => seen.indexOf(image));
    // Five are kept, and none that a thumbnail may still be made from goes.
    expect(places.length).toBeGreaterThan(0);
    expect(Math.min(...places)).toBeGreaterThanOrEqual(5);
  });

  it('are all there for a photo and its comparison', async () => {
    const { look, capture, released, seen } = camera(closedEyes);
    await look();
    await expect(capture.shoot()).rejects.toMatchObject({ code: 'capture.final-check-failed' });
    expect(seen).toHaveLength(1);
    expect(released).toEqual([]);
  });
});
