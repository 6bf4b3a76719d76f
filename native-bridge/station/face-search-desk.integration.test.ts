import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Draft } from '../contract/enrolment.ts';
import { StationError } from '../contract/errors.ts';
import { presentConsentVersions } from '../contract/face-search.ts';
import { completeDraft, testCard, testConsent, testPhoto } from '../enrolment/test-draft.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { FaceSearchDesk, type FaceSearchOptions, type SearchedFaces } from './face-search-desk.ts';

const projectCode = 'TEST0001';
const key = new Uint8Array(32).fill(3);

let folder: string;
let store: Store;
const desks: FaceSearchDesk[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'enrol-desk-search-'));
  store = openStore({ file: join(folder, 'station.db'), key });
});
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.close();
  store.close();
  rmSync(folder, { recursive: true });
});

/** Faces whose direction is the photo's last byte, in hundredths of a radian; 255 shows nobody. */
const faces: SearchedFaces = {
  searchEngine: 'engine',
  describePhoto: async (jpeg) => {
    const level = jpeg.at(-1) ?? 0;
    if (level === 255) throw new StationError('face.no-face-in-photo');
    const angle = level / 100;
    return Float32Array.from({ length: 128 }, (_, index) => [Math.cos(angle), Math.sin(angle)][index] ?? 0);
  },
};

const limits = { fingerprint: 'engine', steps: [{ upToPeople: 1000, distance: 0.3 }] };

function desk(part: Partial<FaceSearchOptions> = {}): FaceSearchDesk {
  const made = new FaceSearchDesk({
    store,
    faces,
    limits,
    projectCode,
    operator: () => 'tester',
    isBusy: () => false,
    onTrouble: (error) => expect.unreachable(error.message),
    ...part,
  });
  desks.push(made);
  return made;
}

let count = 0;
function person(level: number, number = `45999919860409${String(++count).padStart(4, '0')}`): Draft {
  const id = `0190a6b0-0000-7000-8000-${String(count).padStart(12, '0')}`;
  const photo = { ...testPhoto, jpeg: Uint8Array.of(0xff, 0xd8, level) };
  const consent = { ...testConsent, textVersion: presentConsentVersions.search };
  return { ...completeDraft(), id, consent, card: testCard({ number }), photo };
}

/** Searched for and sealed as the enrolment desk does it. */
async function enrol(search: FaceSearchDesk, draft: Draft): Promise<string> {
  await search.search(draft);
  const { id } = store.records.seal(draft, 'tester', search.descriptorOf(draft));
  search.draftEnded();
  return id;
}

async function found(search: FaceSearchDesk, draft: Draft): Promise<string[]> {
  const result = await search.search(draft);
  if (result?.kind !== 'searched') throw new Error(`not searched: ${JSON.stringify(result)}`);
  return result.found.map(({ recordId }) => recordId);
}

describe('the search among the numbers of a project', () => {
  it('finds like faces nearest first, one for each number, never under the own one', async () => {
    const search = desk();
    search.switch(true);
    const far = await enrol(search, person(25));
    const near = await enrol(search, person(5));
    const older = person(8);
    await enrol(search, older);
    const again = await enrol(search, person(7, older.card?.fields.number));
    await enrol(search, person(90));
    expect(await found(search, person(0))).toEqual([near, again, far]);
    expect(await found(search, person(6, older.card?.fields.number))).toEqual([near, far]);
  });

  it('keeps what it knows over a restart and forgets it when the search is switched off', async () => {
    const search = desk();
    search.switch(true);
    const known = [await enrol(search, person(5)), await enrol(search, person(6))];
    const restarted = desk();
    expect(await found(restarted, person(5))).toEqual(known);
    store.faceDescriptors.switchOff('tester');
    expect(await restarted.search(person(5))).toBeUndefined();
    store.faceDescriptors.switchOn(projectCode, 'tester');
    expect(await found(restarted, person(5))).toEqual([]);
  });

  it('does nothing without consent, without a photo, and while it is off', async () => {
    const search = desk();
    expect(await search.search(person(1))).toBeUndefined();
    search.switch(true);
    const { consent: _consent, ...unasked } = person(1);
    const { photo: _photo, ...unseen } = person(1);
    expect(await search.search(unasked)).toBeUndefined();
    expect(await search.search({ ...person(1), consent: testConsent })).toBeUndefined();
    expect(await search.search(unseen)).toBeUndefined();
  });

  it('says when a photo gives no descriptor, and goes on', async () => {
    const search = desk();
    search.switch(true);
    expect(await search.search(person(255))).toEqual({
      kind: 'cannot-search',
      error: { code: 'face.no-face-in-photo' },
    });
  });

  it('seals only the descriptor of the photo that was searched for', async () => {
    const search = desk();
    search.switch(true);
    const draft = person(5);
    await search.search(draft);
    const retaken = { ...draft, photo: { ...testPhoto, attempt: 2 } };
    expect(search.descriptorOf(draft)?.engine).toBe('engine');
    expect(search.descriptorOf(retaken)).toBeUndefined();
    expect(search.descriptorOf(person(5))).toBeUndefined();
    search.draftEnded();
    expect(search.descriptorOf(draft)).toBeUndefined();
  });

  it('with an engine that its limits were not measured for cannot be switched on, and finds nobody', async () => {
    const measured = desk();
    measured.switch(true);
    await enrol(measured, person(5));
    const other = desk({ faces: { ...faces, searchEngine: 'another' } });
    expect(other.state()).toMatchObject({ on: true, descriptors: 0, trouble: { code: 'face.search-not-measured' } });
    expect(await other.search(person(5))).toMatchObject({ kind: 'cannot-search' });
    other.switch(false);
    expect(() => other.switch(true)).toThrow(expect.objectContaining({ code: 'face.search-not-measured' }) as Error);
  });
});

describe('records without a descriptor', () => {
  const seal = (level: number) => store.records.seal(person(level), 'tester').id;

  it('are described from their photos, those without a face left out and counted', async () => {
    const [first, second] = [seal(3), seal(255), seal(4)].filter((_, index) => index !== 1);
    const search = desk();
    search.switch(true);
    await search.filled();
    expect(search.state()).toEqual({ on: true, descriptors: 2, waiting: 0, unusable: 1 });
    expect(await found(search, person(3))).toEqual([first, second]);
    expect(await search.search(person(3))).toMatchObject({ searched: 2, leftOut: 1 });
  });

  it('are described anew when the search is switched off and on while that is under way', async () => {
    const gate = Promise.withResolvers<void>();
    const ids = [seal(3), seal(4)];
    const describePhoto: SearchedFaces['describePhoto'] = async (jpeg) => {
      if (jpeg.at(-1) === 4) await gate.promise;
      return faces.describePhoto(jpeg);
    };
    const search = desk({ faces: { ...faces, describePhoto } });
    search.switch(true);
    await vi.waitUntil(() => search.state().descriptors === 1);
    search.switch(false);
    search.switch(true);
    gate.resolve();
    await vi.waitUntil(() => search.state().waiting === 0, { timeout: 10_000 });
    expect(await found(search, person(3))).toEqual(ids);
  });

  it('stay out of it where their holder was told that nothing is kept', async () => {
    store.records.seal({ ...person(3), consent: testConsent }, 'tester');
    const search = desk();
    search.switch(true);
    await search.filled();
    expect(search.state()).toMatchObject({ descriptors: 0, waiting: 1 });
    expect(await search.search(person(3))).toMatchObject({ searched: 0, leftOut: 1 });
  });

  it('of another engine are described anew and not compared before', async () => {
    const old = desk();
    old.switch(true);
    const id = await enrol(old, person(5));
    const renewed = desk({
      faces: { ...faces, searchEngine: 'newer' },
      limits: { ...limits, fingerprint: 'newer' },
    });
    expect(await renewed.search(person(5))).toMatchObject({ searched: 0, leftOut: 1, found: [] });
    renewed.start();
    await renewed.filled();
    expect(await found(renewed, person(5))).toEqual([id]);
  });

  it('wait while somebody is in front of the camera, and closing does not wait for that', async () => {
    seal(3);
    const isBusy = vi.fn(() => true);
    const search = desk({ isBusy });
    search.switch(true);
    expect(isBusy).toHaveBeenCalled();
    await search.close();
    expect(store.faceDescriptors.extent(projectCode, 'engine').count).toBe(0);
  });

  it('of a project that is no longer connected are erased', () => {
    desk().switch(true);
    desk({ projectCode: 'TEST0002' }).start();
    expect(store.faceDescriptors.switchedOnFor()).toBeUndefined();
    const [off] = store.audit.list('station').slice(-1);
    expect(off).toMatchObject({ action: 'face-search.switched-off', detail: { project: projectCode } });
  });
});
