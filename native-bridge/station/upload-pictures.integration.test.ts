import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/open-store.ts';
import { sampleDraft, sampleKey, temporaryFolder } from '../store/sample-draft.ts';
import { makeReadyToSend, uploadPictures } from './upload-pictures.ts';

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;

beforeEach(() => {
  folder = temporaryFolder();
  store = openStore({ file: folder.path('station.db'), key: sampleKey });
});
afterEach(() => {
  store.close();
  folder.remove();
});

async function sealed() {
  const draft = sampleDraft();
  const noise = { type: 'gaussian', mean: 128, sigma: 20 } as const;
  const png = await sharp({ create: { width: 102, height: 126, channels: 3, background: '#888', noise } })
    .png()
    .toBuffer();
  const portrait = { ...draft.card.portrait, state: 'decoded' as const, png: new Uint8Array(png), simulated: true };
  const whole = { ...draft, card: { ...draft.card, portrait: { ...portrait, width: 102, height: 126 } } };
  return { id: store.records.seal(whole, 'tester').id, draft: whole };
}

test('the portrait goes out as a JPEG file of the same size, the photo as it was taken', async () => {
  const { id, draft } = await sealed();
  const { portrait, photo } = await uploadPictures(store, id);
  expect(await sharp(portrait).metadata()).toMatchObject({ format: 'jpeg', width: 102, height: 126 });
  expect(photo).toEqual(draft.photo.jpeg);
});

test('whatever was made ready is what is sent, again and again', async () => {
  const { id } = await sealed();
  const ofAnotherVersion = new Uint8Array(
    await sharp({ create: { width: 102, height: 126, channels: 3, background: '#123456' } })
      .jpeg()
      .toBuffer(),
  );
  store.sendingPortraits.keep(id, ofAnotherVersion);
  await makeReadyToSend(store, id);
  expect((await uploadPictures(store, id)).portrait).toEqual(ofAnotherVersion);
  expect((await uploadPictures(store, id)).portrait).toEqual(ofAnotherVersion);
});

test('a record that was made ready needs its PNG no more', async () => {
  const { id } = await sealed();
  await makeReadyToSend(store, id);
  const records = { ...store.records, portrait: () => expect.fail('the PNG was read') };
  expect((await uploadPictures({ ...store, records }, id)).portrait.length).toBeGreaterThan(100);
});

test('where the chip gave no portrait the photo stands for it', async () => {
  const draft = sampleDraft();
  const missing = { state: 'missing' as const, code: 'portrait.failed' as const };
  const { id } = store.records.seal({ ...draft, card: { ...draft.card, portrait: missing } }, 'tester');
  await makeReadyToSend(store, id);
  expect(await uploadPictures(store, id)).toEqual({ portrait: draft.photo.jpeg, photo: draft.photo.jpeg });
});
