import type { CheckResult } from '../contract/capture.ts';
import { StationError } from '../contract/errors.ts';
import type { FaceGeometry, RgbImage } from '../face/types.ts';
import { pictureLibrary } from '../pictures/picture-library.ts';
import { checkList } from './checks/check-list.ts';
import { checkFrame } from './checks/frame.ts';
import type { WrittenFile } from './checks/frame.ts';
import { judge } from './checks/judge.ts';
import { overhang, planCrop } from './crop-plan.ts';
import type { CropPlan } from './crop-plan.ts';
import { finalRule } from './profile.ts';
import type { CaptureProfile } from './profile.ts';
import { resample } from './resample.ts';

/** The photo is made smaller in steps of this share. */
const SCALE_STEP = 0.1;
/** Counted against the Base64 limit whether or not the platform wants it, so that the file suits both dialects. */
const DATA_URI_PREFIX = 'data:image/jpeg;base64,';

export interface FinalImage {
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** JPEG quality that was needed, the profile's highest if possible. */
  readonly quality: number;
  readonly crop: CropPlan;
}

/**
 * Makes the photo from a frame: turned upright, cropped to the profile's layout, resampled once to its exact size and
 * written as baseline sRGB JPEG without metadata, at the highest quality whose file fits. Where even the lowest quality
 * does not fit the photo is made smaller, as far as the profile allows.
 *
 * Throws `StationError('capture.final-check-failed')` when the crop leaves the frame by more than the profile's padding
 * or the head is tilted too far, `StationError('capture.too-large')` when even that is too large.
 */
export async function makeFinalImage(
  image: RgbImage,
  face: FaceGeometry,
  profile: CaptureProfile,
): Promise<FinalImage> {
  const crop = planCrop(face, image, profile);
  refuseUnusable(crop, image, profile);
  const { width, height } = profile.geometry;
  for (const scale of scalesOf(profile)) {
    const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
    const encoded = await smallEnough(resample(image, crop, size.width, size.height), profile);
    if (encoded !== undefined) return { ...encoded, ...size, crop };
  }
  throw new StationError('capture.too-large', `above ${profile.file.maximumBytes} bytes`);
}

/** From full size down to the smallest that the profile allows. */
function scalesOf({ file }: CaptureProfile): readonly number[] {
  const steps = Math.floor((1 - file.smallestScale) / SCALE_STEP + 1e-6);
  return Array.from({ length: steps + 1 }, (_, index) => 1 - index * SCALE_STEP);
}

/**
 * Runs the checks again on the decoded file. Layout checks (face width, eye line, centre) take the profile's layout
 * bands instead of the live ones; eye distance, roll, sharpness and irises take the limits of `finalChecks`, as the file
 * is smaller than a frame, upright by now, and compressed; pose, light, eyes and mouth do not depend on the size and keep
 * theirs. Stillness and the look for a still have no meaning in one picture and are off, as is what the profile switches off.
 */
export function checkFinalImage(
  decoded: RgbImage,
  faces: readonly FaceGeometry[],
  profile: CaptureProfile,
  file: WrittenFile,
): CheckResult[] {
  const frame = checkFrame({ image: decoded, faces, profile, stage: 'final', history: {}, file });
  return checkList.flatMap((check) => {
    const rule = finalRule(profile, check.name);
    return rule.kind === 'off' ? [] : [judge(check, check.measure(frame, rule), rule)];
  });
}

/** Reads the file's own properties: what is not as a platform expects it is named. */
export async function inspectFile(jpeg: Uint8Array, { geometry, file }: CaptureProfile): Promise<WrittenFile> {
  const sharp = await pictureLibrary();
  const found = await sharp(jpeg).metadata();
  const scale = found.width / geometry.width;
  const expected = {
    format: found.format === 'jpeg',
    baseline: found.isProgressive === false,
    depth: found.depth === 'uchar',
    channels: found.channels === 3 && !found.hasAlpha,
    colours: found.space === 'srgb' && found.icc === undefined,
    metadata: [found.exif, found.iptc, found.xmp, found.comments].every((part) => part === undefined),
    size: scale <= 1 && scale >= file.smallestScale - 0.01,
    aspect: Math.abs(found.height - geometry.height * scale) <= 1,
  };
  const deviations = Object.entries(expected).flatMap(([name, isMet]) => (isMet ? [] : [name]));
  return { bytes: jpeg.length, deviations };
}

function refuseUnusable(crop: CropPlan, image: RgbImage, profile: CaptureProfile): void {
  const outside = overhang(crop, image);
  if (outside > profile.geometry.maximumPadding) {
    throw new StationError('capture.final-check-failed', `crop leaves the frame by ${outside.toFixed(3)}`);
  }
  const steepest = profile.checks.roll.limit.maximum ?? Infinity;
  if (Math.abs(crop.angle) > steepest) {
    throw new StationError('capture.final-check-failed', `tilted by ${crop.angle.toFixed(1)} degrees`);
  }
}

interface Encoded {
  readonly jpeg: Uint8Array;
  readonly quality: number;
}

/** Bisects for the highest quality that fits; the size of a JPEG grows with its quality. Undefined when none fits. */
async function smallEnough(image: RgbImage, profile: CaptureProfile): Promise<Encoded | undefined> {
  let low = profile.file.lowestQuality;
  let high = profile.file.highestQuality;
  let best: Encoded | undefined;
  for (let quality = high; low <= high; quality = Math.floor((low + high) / 2)) {
    const jpeg = await encode(image, quality);
    if (fits(jpeg, profile)) {
      best = { jpeg, quality };
      low = quality + 1;
    } else high = quality - 1;
  }
  return best;
}

function fits(jpeg: Uint8Array, { file }: CaptureProfile): boolean {
  const base64 = DATA_URI_PREFIX.length + Math.ceil(jpeg.length / 3) * 4;
  return jpeg.length <= file.maximumBytes && base64 <= file.maximumBase64;
}

/** Baseline with 4:2:0 colour, readable by every terminal. */
async function encode({ data, width, height }: RgbImage, quality: number): Promise<Uint8Array> {
  const sharp = await pictureLibrary();
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality, progressive: false, chromaSubsampling: '4:2:0', optimiseCoding: true })
    .toBuffer();
}
