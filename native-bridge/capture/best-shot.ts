import type { FaceGeometry, RgbImage } from '../face/types.ts';
import { pictureLibrary } from '../pictures/picture-library.ts';
import { planCrop } from './crop-plan.ts';
import type { CropPlan } from './crop-plan.ts';
import type { CaptureProfile } from './profile.ts';

/** As many as a comparison looks at. */
const DEFAULT_CAPACITY = 5;
const THUMBNAILS = 3;
const THUMBNAIL_WIDTH = 96;
const THUMBNAIL_QUALITY = 75;

/** A frame of the burst. The picture is kept by reference: the caller must not write into it afterwards. */
export interface BurstFrame {
  readonly sequence: number;
  readonly image: RgbImage;
  readonly face: FaceGeometry;
  /** 0..1, see `quality.ts`. */
  readonly quality: number;
  readonly atMs: number;
}

export interface BestShot {
  /** Takes the frame if it is among the best; true when the best three changed. */
  offer(frame: BurstFrame): boolean;
  /** Best first; of equal ones the earlier first. */
  frames(): readonly BurstFrame[];
  /** JPEG pictures of the best three, best first; each is made once. */
  thumbnails(): Promise<Uint8Array[]>;
  clear(): void;
}

/** Keeps the best `capacity` frames, so memory stays bounded: a 1280×720 frame takes 2.8 MB. */
export function createBestShot(profile: CaptureProfile, capacity = DEFAULT_CAPACITY): BestShot {
  let kept: readonly BurstFrame[] = [];
  const made = new WeakMap<BurstFrame, Promise<Uint8Array>>();
  const thumbnailFor = (frame: BurstFrame): Promise<Uint8Array> => {
    const thumbnail = made.get(frame) ?? thumbnailOf(frame, profile);
    made.set(frame, thumbnail);
    return thumbnail;
  };
  return {
    offer: (frame) => {
      const place = kept.findIndex(({ quality }) => quality < frame.quality);
      const index = place < 0 ? kept.length : place;
      if (index >= capacity) return false;
      kept = kept.toSpliced(index, 0, frame).slice(0, capacity);
      return index < THUMBNAILS;
    },
    frames: () => kept,
    thumbnails: () => Promise.all(kept.slice(0, THUMBNAILS).map(thumbnailFor)),
    clear: () => {
      kept = [];
    },
  };
}

/** The planned crop, not turned and cut off at the frame's edge: a small picture to choose from, not the photo. */
async function thumbnailOf({ image, face }: BurstFrame, profile: CaptureProfile): Promise<Uint8Array> {
  const sharp = await pictureLibrary();
  const { width, height } = image;
  const target = Math.round((THUMBNAIL_WIDTH * profile.geometry.height) / profile.geometry.width);
  return sharp(image.data, { raw: { width, height, channels: 3 } })
    .extract(insideOf(planCrop(face, image, profile), image))
    .resize(THUMBNAIL_WIDTH, target, { fit: 'cover' })
    .jpeg({ quality: THUMBNAIL_QUALITY })
    .toBuffer();
}

function insideOf(plan: CropPlan, frame: RgbImage): { left: number; top: number; width: number; height: number } {
  const width = Math.max(1, Math.min(Math.round(plan.width), frame.width));
  const height = Math.max(1, Math.min(Math.round(plan.height), frame.height));
  return {
    left: within(Math.round(plan.centre.x - width / 2), frame.width - width),
    top: within(Math.round(plan.centre.y - height / 2), frame.height - height),
    width,
    height,
  };
}

function within(value: number, largest: number): number {
  return Math.min(Math.max(0, value), largest);
}
