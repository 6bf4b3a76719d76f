import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadProfile } from '../capture/profile.ts';
import type { Comparison, Draft } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import { completeDraft, testCard, testComparison, testConsent } from '../enrolment/test-draft.ts';
import type { RgbImage } from '../face/types.ts';
import { CaptureDesk, type Faces } from './capture-desk.ts';
import { EnrolmentDesk } from './enrolment-desk.ts';

const assets = join(import.meta.dirname, '..', '..', 'assets');
const profile = loadProfile(JSON.parse(readFileSync(join(assets, 'capture-profiles', 'guangxi.json'), 'utf8')));
const picture: RgbImage = { width: 64, height: 48, data: new Uint8Array(64 * 48 * 3) };

/** A desk in memory whose face engine answers when the test lets it. */
function desk(stored: Draft | undefined, compare: () => Promise<Comparison>) {
  const troubles: StationError[] = [];
  let saveFails = false;
  let latest: Draft | undefined = stored;
  const enrolment = new EnrolmentDesk({
    aged: (draft) => draft,
    store: {
      drafts: {
        current: () => stored,
        save: (draft) => {
          if (saveFails) throw new StationError('store.full');
          latest = draft;
        },
        discard: () => undefined,
      },
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
    demandOpen: () => undefined,
    onChanged: () => undefined,
    onSealed: () => undefined,
  });
  const analysing = Promise.withResolvers<readonly []>();
  const completing = Promise.withResolvers<void>();
  const faces: Faces = {
    decode: () => Promise.resolve(picture),
    analyse: () => analysing.promise,
    follow: () => () => analysing.promise,
    release: () => undefined,
    compare,
  };
  const capture = new CaptureDesk({
    desk: enrolment,
    faces,
    profile: () => profile,
    cardCompleted: () => completing.promise,
    onTrouble: (error) => troubles.push(error),
  });
  return { enrolment, capture, troubles, analysing, completing, latest: () => latest, fail: () => (saveFails = true) };
}

const photographed = (): Draft => {
  const { comparison: _comparison, ...draft } = completeDraft();
  return draft;
};

describe('the camera step', () => {
  it('compares a restored photo and leaves the question to the operator open', async () => {
    const { capture, enrolment, analysing } = desk(photographed(), () => Promise.resolve(testComparison('match')));
    capture.compareRestored();
    analysing.resolve([]);
    await capture.settled();
    expect(enrolment.view()?.draft.comparison).toMatchObject({ band: 'match' });
    expect(enrolment.view()?.restored).toBe(true);
    enrolment.continueRestored();
    expect(enrolment.view()?.restored).toBe(false);
  });

  it('turns a face engine that cannot compare into an outcome', async () => {
    const { capture, enrolment, analysing } = desk(photographed(), () => Promise.resolve(testComparison('match')));
    capture.compareRestored();
    analysing.reject(new StationError('face.models-unavailable'));
    await capture.settled();
    expect(enrolment.view()?.draft.comparison).toMatchObject({
      kind: 'cannot-compare',
      error: { code: 'face.models-unavailable' },
    });
  });

  it('tells when an outcome cannot be stored, and goes on', async () => {
    const { capture, analysing, troubles, fail } = desk(photographed(), () => Promise.resolve(testComparison('match')));
    fail();
    capture.compareRestored();
    analysing.resolve([]);
    await capture.settled();
    expect(troubles.map((error) => error.code)).toEqual(['store.full']);
  });

  it('never lets a frame of one person into the session of the next', async () => {
    const { capture, enrolment, analysing } = desk(undefined, () => Promise.resolve(testComparison('match')));
    enrolment.cardRead(testCard());
    const { givenAt: _givenAt, ...consent } = testConsent;
    enrolment.consent(consent);
    capture.open();
    const frame = capture.frame(1, new Uint8Array());
    enrolment.discard('wrong person');
    enrolment.cardRead(testCard({ number: '459999198604090027' }));
    enrolment.consent(consent);
    capture.open();
    analysing.resolve([]);
    await expect(frame).rejects.toMatchObject({ code: 'capture.not-open' });
  });

  it('takes one frame and one shot at a time', async () => {
    const { capture, enrolment, analysing } = desk(undefined, () => Promise.resolve(testComparison('match')));
    enrolment.cardRead(testCard());
    const { givenAt: _givenAt, ...consent } = testConsent;
    enrolment.consent(consent);
    capture.open();
    const frame = capture.frame(1, new Uint8Array());
    const shot = capture.shoot();
    await expect(capture.shoot()).rejects.toMatchObject({ code: 'capture.not-ready' });
    analysing.resolve([]);
    await expect(frame).resolves.toMatchObject({ prompt: 'show-face', shot: false });
    await expect(shot).rejects.toMatchObject({ code: 'capture.not-ready' });
  });

  it('keeps only the newest of the frames that wait', async () => {
    const { capture, enrolment, analysing } = desk(undefined, () => Promise.resolve(testComparison('match')));
    enrolment.cardRead(testCard());
    const { givenAt: _givenAt, ...consent } = testConsent;
    enrolment.consent(consent);
    capture.open();
    const [first, second, third] = [1, 2, 3].map((sequence) => capture.frame(sequence, new Uint8Array()));
    await expect(second).rejects.toMatchObject({ code: 'capture.overtaken' });
    analysing.resolve([]);
    await expect(first).resolves.toMatchObject({ shot: false });
    await expect(third).resolves.toMatchObject({ shot: false });
  });

  it('refuses a waiting frame when the next session has begun', async () => {
    const { capture, enrolment, analysing } = desk(undefined, () => Promise.resolve(testComparison('match')));
    enrolment.cardRead(testCard());
    const { givenAt: _givenAt, ...consent } = testConsent;
    enrolment.consent(consent);
    capture.open();
    const frames = [1, 2].map((sequence) => capture.frame(sequence, new Uint8Array()));
    capture.open();
    analysing.resolve([]);
    for (const frame of frames) await expect(frame).rejects.toMatchObject({ code: 'capture.not-open' });
  });

  it('refuses the camera before the consent', () => {
    const { capture, enrolment } = desk(undefined, () => Promise.resolve(testComparison('match')));
    enrolment.cardRead(testCard());
    expect(() => capture.open()).toThrow(expect.objectContaining({ code: 'enrolment.consent-required' }) as Error);
  });

  it('keeps the portrait that a running comparison is made with', () => {
    const { enrolment } = desk(photographed(), () => Promise.resolve(testComparison('match')));
    enrolment.cardRead({ ...testCard(), readMs: 1 });
    expect(enrolment.view()?.draft.card?.readMs).toBe(800);
  });
});

describe('drafts of another project', () => {
  it('lose their team, so that they cannot be sealed into the wrong project', () => {
    const draft = completeDraft();
    const { enrolment } = desk(draft.team && { ...draft, team: { ...draft.team, projectCode: 'OTHER' } }, () =>
      Promise.resolve(testComparison('match')),
    );
    expect(enrolment.view()?.missing).toEqual(['team']);
    expect(() => enrolment.seal()).toThrow(expect.objectContaining({ code: 'enrolment.team-required' }) as Error);
  });
});
