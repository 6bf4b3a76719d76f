import type { Comparison, SecondOpinion } from '../contract/enrolment.ts';
import { asStationError } from '../contract/errors.ts';
import type { BandLimits } from '../face/bands.ts';
import type { FaceEngine } from '../face/face-engine.ts';
import { falseAcceptRange, type FalseAcceptTable } from '../face/false-accepts.ts';
import type { RgbImage } from '../face/types.ts';
import { type ComparedFaces, compareFaces, type FaceComparison } from '../face/verify.ts';

/** A recogniser with what was measured for it. */
export interface Opinion {
  readonly engine: FaceEngine;
  readonly limits: BandLimits;
  readonly falseAccepts: FalseAcceptTable | undefined;
}

/** Recognisers beside the built-in one; without any of them it alone is asked. */
export interface Opinions {
  readonly first?: Opinion;
  readonly second?: Opinion;
}

export interface AskedPictures {
  readonly portrait: RgbImage;
  readonly live: readonly RgbImage[];
}

type Compared = Extract<Comparison, { kind: 'compared' }>;

async function ask(
  { engine, limits, falseAccepts }: Opinion,
  { portrait, live }: AskedPictures,
): Promise<FaceComparison> {
  const result = await compareFaces(engine, portrait, live, limits);
  if (result.kind === 'cannot-compare' || falseAccepts === undefined) return result;
  const range = falseAcceptRange(result.distance, limits.fingerprint, falseAccepts);
  return range === undefined ? result : { ...result, falseAccepts: range };
}

/** The first opinion; a recogniser that fails or gives no numbers leaves it to the built-in one. */
export async function firstOpinion(
  builtIn: () => Promise<FaceComparison>,
  { first }: Opinions,
  pictures: AskedPictures,
): Promise<FaceComparison> {
  const result = first && (await ask(first, pictures).catch(() => undefined));
  const isUsable = result !== undefined && (result.kind === 'compared' || result.reason !== 'abnormal-descriptor');
  return isUsable ? result : builtIn();
}

/** What the second recogniser says; `undefined` where none is used. Never rejects. */
export async function secondOpinion(
  { second }: Opinions,
  pictures: AskedPictures,
  tell: (result: Exclude<FaceComparison, ComparedFaces>) => SecondOpinion,
): Promise<SecondOpinion | undefined> {
  if (second === undefined) return undefined;
  try {
    const result = await ask(second, pictures);
    if (result.kind === 'cannot-compare') return tell(result);
    const { kind, band, distance, fingerprint } = result;
    return { kind, band, distance, engine: fingerprint };
  } catch (cause) {
    return { kind: 'cannot-compare', error: { code: asStationError(cause).code } };
  }
}

/** Both together: as the first says where they agree, a person's decision where they do not. */
export function withSecondOpinion(comparison: Compared, opinion: SecondOpinion | undefined): Compared {
  if (opinion === undefined) return comparison;
  const isAnother = opinion.kind === 'compared' && opinion.band !== comparison.band;
  const disagreement = isAnother ? ({ band: 'review', disagreeing: comparison.band } as const) : {};
  return { ...comparison, ...disagreement, secondOpinion: opinion };
}
