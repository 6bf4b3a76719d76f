import type { ErrorReport } from '../contract/basic.ts';
import type { Comparison, SecondOpinion } from '../contract/enrolment.ts';
import { type ErrorCode, StationError } from '../contract/errors.ts';
import { decodePicture } from '../face/decode-picture.ts';
import { createFaceEngine, type FaceEngine } from '../face/face-engine.ts';
import { InferenceOverdueError } from '../face/inference-queue.ts';
import { PicturePyramid } from '../face/picture-pyramid.ts';
import { describePhoto, searchFingerprint } from '../face/photo-descriptor.ts';
import type { RgbImage } from '../face/types.ts';
import { type CannotCompareReason, compareFaces } from '../face/verify.ts';
import type { Faces } from './capture-desk.ts';
import type { SearchedFaces } from './face-search-desk.ts';
import { firstOpinion, type Opinions, secondOpinion, withSecondOpinion } from './opinions.ts';

export interface OpenFaces {
  /** The built-in engine, for recognisers that are added to it. */
  readonly engine: FaceEngine;
  readonly faces: Faces;
  readonly searched: SearchedFaces;
  /** Why comparison is off. */
  readonly trouble: ErrorReport | undefined;
  close(): Promise<void>;
}

const reasonCodes: Readonly<Record<CannotCompareReason, ErrorCode>> = {
  'no-face-on-card': 'face.no-face-on-card',
  'no-face-in-frame': 'face.no-face-in-photo',
  'frames-disagree': 'face.frames-disagree',
  'abnormal-descriptor': 'face.abnormal-picture',
  'model-unavailable': 'face.models-unavailable',
  'limits-not-measured': 'face.models-unavailable',
};

/** Desk cameras deliver less; larger pictures would only cost memory. */
const maximumPixels = 4_200_000;

async function decode(picture: Uint8Array): Promise<RgbImage> {
  try {
    return await decodePicture(picture, maximumPixels);
  } catch (cause) {
    throw new StationError('capture.bad-picture', undefined, { cause });
  }
}

/** A comparison takes a quarter of a second; on a station that is far busier than it should be a person decides. */
const longestComparisonMs = 20_000;

/** The outcome of `work`, or `face.too-slow` when it does not come in time. */
async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new StationError('face.too-slow')), milliseconds);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}

/** A queue that does not get on is told in the station's own words. */
function tellOverdue(cause: unknown): never {
  throw cause instanceof InferenceOverdueError ? new StationError('face.too-slow', undefined, { cause }) : cause;
}

/** As the first recogniser says, with the second one's word beside it where one is used. */
async function compare(
  engine: FaceEngine,
  opinions: Opinions,
  portrait: Uint8Array,
  live: readonly RgbImage[],
): Promise<Comparison> {
  const startedAt = performance.now();
  const pictures = { portrait: await decode(portrait), live };
  const builtIn = () => compareFaces(engine, pictures.portrait, live);
  const asked = firstOpinion(builtIn, opinions, pictures);
  const result = await inTime(asked, longestComparisonMs).catch(tellOverdue);
  const elapsed = () => performance.now() - startedAt;
  if (result.kind === 'cannot-compare')
    return { kind: result.kind, error: { code: reasonCodes[result.reason] }, verifyMs: elapsed() };
  const { kind, band, distance, framesUsed: frames, fingerprint: engineName, falseAccepts } = result;
  const first = { kind, band, distance, frames, engine: engineName, ...(falseAccepts && { falseAccepts }) };
  const second = await inTime(secondOpinion(opinions, pictures, cannotTell), longestComparisonMs).catch(tooSlow);
  return withSecondOpinion({ ...first, verifyMs: elapsed() }, second);
}

const cannotTell = ({ reason }: { readonly reason: CannotCompareReason }): SecondOpinion => ({
  kind: 'cannot-compare',
  error: { code: reasonCodes[reason] },
});

const tooSlow = (): SecondOpinion => ({ kind: 'cannot-compare', error: { code: 'face.too-slow' } });

/** The search describes photos with the built-in engine, whose limit for it was measured. */
function searchedFaces(engine: FaceEngine): SearchedFaces {
  return {
    searchEngine: searchFingerprint(engine),
    describePhoto: async (jpeg) => {
      const described = await inTime(describePhoto(engine, await decode(jpeg)), longestComparisonMs).catch(tellOverdue);
      if (described.kind === 'cannot-describe') throw new StationError(reasonCodes[described.reason]);
      return described.descriptor;
    },
  };
}

/**
 * Opens the face engine. `opinions` tells which recognisers the site has added at the moment of a comparison. Models that are missing or changed switch it off with a reason; nothing else stops.
 */
export async function openFaces(modelFolder: string, opinions: () => Opinions = () => ({})): Promise<OpenFaces> {
  const engine = await createFaceEngine({ modelFolder });
  const broken = [engine.analysis, engine.comparison].find((state) => state.kind === 'unavailable');
  const trouble = broken && { code: 'face.models-unavailable' as const, detail: `${broken.model}: ${broken.problem}` };
  const demandReady = () => {
    if (engine.analysis.kind !== 'ready') throw new StationError('face.models-unavailable');
  };
  return {
    engine,
    faces: {
      decode,
      analyse: async (image) => {
        demandReady();
        return engine.analyse(image).catch(tellOverdue);
      },
      release: (image) => PicturePyramid.release(image),
      follow: () => {
        const next = engine.follow();
        return async (image) => {
          demandReady();
          return next(image).catch(tellOverdue);
        };
      },
      compare: (portrait, live) =>
        compare(
          engine,
          opinions(),
          portrait,
          live.map((face) => face.image),
        ),
    },
    searched: searchedFaces(engine),
    trouble,
    close: () => engine.close(),
  };
}
