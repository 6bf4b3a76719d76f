import type { ErrorReport } from '../contract/basic.ts';
import type { Comparison, SecondOpinion } from '../contract/enrolment.ts';
import { type ErrorCode, StationError } from '../contract/errors.ts';
import { decodePicture } from '../face/decode-picture.ts';
import { createFaceEngine, type FaceEngine } from '../face/face-engine.ts';
import { InferenceOverdueError } from '../face/inference-queue.ts';
import type { FaceFollower } from '../face/follow.ts';
import { PicturePyramid } from '../face/picture-pyramid.ts';
import { describePhoto, searchFingerprint } from '../face/photo-descriptor.ts';
import { pipelineFingerprint } from '../face/pipeline-fingerprint.ts';
import type { RgbImage } from '../face/types.ts';
import { type CannotCompareReason, compareFaces } from '../face/verify.ts';
import type { Faces } from './capture-desk.ts';
import type { SearchedFaces } from './face-search-desk.ts';
import { firstOpinion, type Opinions, secondOpinion, withSecondOpinion } from './opinions.ts';

export interface FacesOnDemand {
  /** The built-in engine. Its models are opened with the first call that needs them, or with this one. */
  engine(): Promise<FaceEngine>;
  readonly faces: Faces;
  readonly searched: SearchedFaces;
  /** Resolves when the models were opened, whoever needed them. */
  readonly opened: Promise<void>;
  /** Why comparison is off; not known before the models were opened. */
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
function searchedFaces(engine: FacesOnDemand['engine']): SearchedFaces {
  return {
    searchEngine: searchFingerprint({ fingerprint: pipelineFingerprint }),
    describePhoto: async (jpeg) => {
      const described = describePhoto(await engine(), await decode(jpeg));
      const result = await inTime(described, longestComparisonMs).catch(tellOverdue);
      if (result.kind === 'cannot-describe') throw new StationError(reasonCodes[result.reason]);
      return result.descriptor;
    },
  };
}

function troubleOf(engine: FaceEngine): ErrorReport | undefined {
  const broken = [engine.analysis, engine.comparison].find((state) => state.kind === 'unavailable');
  return broken && { code: 'face.models-unavailable', detail: `${broken.model}: ${broken.problem}` };
}

/** The engine for finding faces. Throws `face.models-unavailable`. */
async function finding(opening: Promise<FaceEngine>): Promise<FaceEngine> {
  const engine = await opening;
  if (engine.analysis.kind !== 'ready') throw new StationError('face.models-unavailable');
  return engine;
}

function follower(engine: FacesOnDemand['engine']): ReturnType<Faces['follow']> {
  let follow: FaceFollower | undefined;
  return async (image) => {
    follow ??= (await finding(engine())).follow();
    return follow(image).catch(tellOverdue);
  };
}

/**
 * The face engine of a station. To open its models takes longer than everything else at the start, and nobody waits for
 * them before a camera's first picture. `opinions` tells which recognisers the site has added at the moment of a
 * comparison. Models that are missing or changed switch comparison off with a reason; nothing else stops.
 */
export function facesOnDemand(
  modelFolder: string,
  opinions: () => Promise<Opinions> = () => Promise.resolve({}),
): FacesOnDemand {
  const opened = Promise.withResolvers<void>();
  let opening: Promise<FaceEngine> | undefined;
  let trouble: ErrorReport | undefined;
  const open = async () => {
    const engine = await createFaceEngine({ modelFolder });
    trouble = troubleOf(engine);
    opened.resolve();
    return engine;
  };
  const engine = () => (opening ??= open());
  return {
    engine,
    faces: {
      decode,
      analyse: async (image) => (await finding(engine())).analyse(image).catch(tellOverdue),
      release: (image) => PicturePyramid.release(image),
      follow: () => follower(engine),
      compare: async (portrait, live) => {
        const images = live.map((face) => face.image);
        return compare(await engine(), await opinions(), portrait, images);
      },
    },
    searched: searchedFaces(engine),
    opened: opened.promise,
    get trouble() {
      return trouble;
    },
    close: async () => (await opening)?.close(),
  };
}
