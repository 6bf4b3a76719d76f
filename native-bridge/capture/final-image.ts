import sharp from 'sharp';
import type { CheckResult } from '../contract/capture.ts';
import { StationError } from '../contract/errors.ts';
import type { FaceGeometry, RgbImage } from '../face/types.ts';
import { checkList } from './checks/check-list.ts';
import { checkFrame } from './checks/frame.ts';
import { judge } from './checks/judge.ts';
import { overhang, planCrop } from './crop-plan.ts';
import type { CropPlan } from './crop-plan.ts';
import { finalRule } from './profile.ts';
import type { CaptureProfile } from './profile.ts';
import { resample } from './resample.ts';

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
 * written as baseline sRGB JPEG without metadata, at the highest quality whose file fits.
 *
 * Throws `StationError('capture.final-check-failed')` when the crop leaves the frame by more than the profile's padding
 * or the head is tilted too far, `StationError('capture.too-large')` when even the lowest quality does not fit.
 */
export async function makeFinalImage(
  image: RgbImage,
  face: FaceGeometry,
  profile: CaptureProfile,
): Promise<FinalImage> {
  const crop = planCrop(face, image, profile);
  refuseUnusable(crop, image, profile);
  const { width, height } = profile.geometry;
  const { jpeg, quality } = await smallEnough(resample(image, crop, width, height), profile);
  return { jpeg, width, height, quality, crop };
}

/**
 * Runs the checks again on the decoded file. Layout checks (face width, eye line, centre) take the profile's layout
 * bands instead of the live ones; eye distance, roll and sharpness take the limits of `finalChecks`, as the file is
 * smaller than a frame, upright by now, and compressed; pose, light, eyes and mouth do not depend on the size and keep
 * theirs. Stillness has no meaning in one picture and is off, as is what the profile switches off.
 */
export function checkFinalImage(
  decoded: RgbImage,
  faces: readonly FaceGeometry[],
  profile: CaptureProfile,
): CheckResult[] {
  const frame = checkFrame({ image: decoded, faces, profile, stage: 'final', history: {} });
  return checkList.flatMap((check) => {
    const rule = finalRule(profile, check.name);
    return rule.kind === 'off' ? [] : [judge(check, check.measure(frame, rule), rule)];
  });
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

/** Bisects for the highest quality that fits; the size of a JPEG grows with its quality. */
async function smallEnough(image: RgbImage, profile: CaptureProfile): Promise<Encoded> {
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
  if (best === undefined) throw new StationError('capture.too-large', `above ${profile.file.maximumBytes} bytes`);
  return best;
}

function fits(jpeg: Uint8Array, { file }: CaptureProfile): boolean {
  const base64 = DATA_URI_PREFIX.length + Math.ceil(jpeg.length / 3) * 4;
  return jpeg.length <= file.maximumBytes && base64 <= file.maximumBase64;
}

/** Baseline with 4:2:0 colour, readable by every terminal. */
function encode({ data, width, height }: RgbImage, quality: number): Promise<Uint8Array> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality, progressive: false, chromaSubsampling: '4:2:0', optimiseCoding: true })
    .toBuffer();
}
