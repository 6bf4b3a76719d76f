import type { FaceGeometry, RgbImage } from '../../face/types.ts';
import { planCrop } from '../crop-plan.ts';
import type { CropPlan } from '../crop-plan.ts';
import { largestFace } from '../face-measures.ts';
import { facePatch, greyOf } from '../face-patch.ts';
import type { FacePatch } from '../face-patch.ts';
import { hullTones } from '../hull-tones.ts';
import type { HullTones } from '../hull-tones.ts';
import type { CaptureProfile } from '../profile.ts';

/** What earlier frames of the session say about this one; all absent for a single picture. */
export interface FrameHistory {
  /** Largest landmark shift of the last moments, see `stillness.ts`. */
  readonly movement?: number | undefined;
  /** Pictures in a row, this one included, that are the same. */
  readonly equalPictures?: number | undefined;
  readonly bestSharpness?: number | undefined;
  readonly usualEyeOpening?: number | undefined;
}

/** What is known of the written file. */
export interface WrittenFile {
  readonly bytes: number;
  /** Properties that are not as they should be, by name. */
  readonly deviations: readonly string[];
}

export interface FrameSource {
  readonly image: RgbImage;
  readonly faces: readonly FaceGeometry[];
  readonly profile: CaptureProfile;
  /** `live` is a camera frame that will be cropped, `final` the decoded file itself. */
  readonly stage: 'live' | 'final';
  readonly history: FrameHistory;
  /** Only of the final picture. */
  readonly file?: WrittenFile;
}

/** Everything a check may look at. Pixels are touched only when a check asks for them, and once for all checks. */
export interface CheckFrame extends FrameSource {
  /** The largest face, the one being photographed. */
  readonly face: FaceGeometry | undefined;
  readonly plan: () => CropPlan | undefined;
  readonly patch: () => FacePatch | undefined;
  readonly tones: () => HullTones | undefined;
  /** The patch on the display scale 0..255. */
  readonly grey: () => Float32Array | undefined;
}

export function checkFrame(source: FrameSource): CheckFrame {
  const { image, faces, profile } = source;
  const face = largestFace(faces);
  const patch = once(() => face && facePatch(image, face));
  const grey = once(() => {
    const pixels = patch();
    return pixels && greyOf(pixels);
  });
  const tones = once(() => {
    const pixels = patch();
    return pixels && hullTones(pixels);
  });
  return { ...source, face, plan: once(() => face && planCrop(face, image, profile)), patch, tones, grey };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
