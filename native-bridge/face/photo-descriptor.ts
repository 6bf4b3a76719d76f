import { isNormalDescriptor } from './descriptor.ts';
import type { FaceEngine } from './face-engine.ts';
import type { RgbImage } from './types.ts';
import type { CannotCompareReason } from './verify.ts';

export type DescribedPhoto =
  | { readonly kind: 'described'; readonly descriptor: Float32Array }
  | { readonly kind: 'cannot-describe'; readonly reason: CannotCompareReason };

/**
 * Names how a photo is described for the search among many. The limit of that search is measured for it: both sides are
 * sharp photos that are read ten times, unlike a card photo and a live frame, whose limits hold for them alone.
 */
export const searchFingerprint = (engine: Pick<FaceEngine, 'fingerprint'>): string => `${engine.fingerprint}/photos`;

/**
 * Describes the largest face of a photo as it goes into a record. A stored photo gives the same numbers again, so that
 * descriptors can be made anew for another engine.
 */
export async function describePhoto(engine: FaceEngine, photo: RgbImage): Promise<DescribedPhoto> {
  if (engine.comparison.kind !== 'ready') return { kind: 'cannot-describe', reason: 'model-unavailable' };
  const [face] = await engine.analyse(photo);
  if (face === undefined) return { kind: 'cannot-describe', reason: 'no-face-in-frame' };
  const descriptor = await engine.describe(photo, face, 'thorough');
  return isNormalDescriptor(descriptor)
    ? { kind: 'described', descriptor }
    : { kind: 'cannot-describe', reason: 'abnormal-descriptor' };
}
