import type { UploadPictures } from '../enrolment/worker-upload.ts';
import { pictureLibrary } from '../pictures/picture-library.ts';
import type { Store } from '../store/open-store.ts';

/** Portraits come from the chip as PNG; the platform takes JPEG. Nothing is enlarged or sharpened. */
const portraitQuality = 92;

export type PictureStore = Pick<Store, 'records' | 'sendingPortraits'>;

export async function sendingPortraitOf(png: Uint8Array): Promise<Uint8Array> {
  const sharp = await pictureLibrary();
  return sharp(png).jpeg({ quality: portraitQuality }).toBuffer();
}

/** The chip's portrait as it was sent before, or made now and kept; undefined where it could not be decoded. */
async function portraitOf({ records, sendingPortraits }: PictureStore, id: string): Promise<Uint8Array | undefined> {
  const kept = sendingPortraits.of(id);
  if (kept !== undefined) return kept;
  const png = records.portrait(id);
  if (png === undefined) return undefined;
  sendingPortraits.keep(id, await sendingPortraitOf(png));
  return sendingPortraits.of(id);
}

/**
 * The two pictures of a record as files for the platform. Where the chip's portrait could not be decoded the live photo
 * stands for it, as smaller systems do: the platform refuses a record without.
 */
export async function uploadPictures(store: PictureStore, id: string): Promise<UploadPictures> {
  const photo = store.records.photo(id) ?? new Uint8Array();
  return { portrait: (await portraitOf(store, id)) ?? photo, photo };
}

/** Makes ready what sending the record will need, so that hundreds that wait for a network go out without this work. */
export async function makeReadyToSend(store: PictureStore, id: string): Promise<void> {
  await portraitOf(store, id);
}
