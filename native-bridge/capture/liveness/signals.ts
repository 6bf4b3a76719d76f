import type { LivenessHint, LivenessSignals } from '../../contract/liveness.ts';
import type { FaceGeometry, RgbImage } from '../../face/types.ts';
import { equalRun } from '../picture-mark.ts';
import { median } from '../smoothing.ts';
import { patternOf } from './pattern.ts';

/** Opinions of the passive nets about one frame, 0..1, 1 for a live face. */
export interface PassiveScores {
  readonly antispoof?: number;
  readonly liveness?: number;
}

/** What the pictures say by themselves while a challenge is under way. */
export interface Signals {
  look(image: RgbImage): void;
  /** A frame in which the face is at rest; asked of few frames, as it costs time. */
  lookCloser(image: RgbImage, face: FaceGeometry, scores: PassiveScores): void;
  summary(): LivenessSignals;
}

/** A camera's noise makes no two frames equal; a film may hold a frame for a moment. */
const identicalLimit = 3;
/** Three times what people have who were really there (docs/liveness.md). */
const patternLimit = 6;
const lowScore = 0.2;

export function watchSignals(): Signals {
  const equal = equalRun();
  let [frames, longestRun] = [0, 1];
  const patterns: number[] = [];
  const scores: PassiveScores[] = [];
  return {
    look: (image) => {
      longestRun = Math.max(longestRun, equal.add(image));
      frames++;
    },
    lookCloser: (image, face, given) => {
      patterns.push(patternOf(image, face.box));
      scores.push(given);
    },
    summary: () => {
      const measured = {
        frames,
        identicalFrames: longestRun,
        ...numberOf('pattern', patterns),
        ...numberOf('antispoof', given(scores, 'antispoof')),
        ...numberOf('liveness', given(scores, 'liveness')),
      };
      return { ...measured, hints: hintsOf(measured) };
    },
  };
}

const given = (scores: readonly PassiveScores[], name: keyof PassiveScores): readonly number[] =>
  scores.flatMap((score) => score[name] ?? []);

function numberOf<N extends string>(name: N, values: readonly number[]): Partial<Record<N, number>> {
  return values.length === 0 ? {} : ({ [name]: median(values) } as Partial<Record<N, number>>);
}

/** Each by itself proves nothing; they are shown to whoever looks at the record again. */
export function hintsOf(measured: Omit<LivenessSignals, 'hints'>): LivenessHint[] {
  const { identicalFrames, pattern, antispoof, liveness } = measured;
  const isLow = (score: number | undefined) => score !== undefined && score < lowScore;
  const hints: readonly (readonly [LivenessHint, boolean])[] = [
    ['identical-frames', identicalFrames >= identicalLimit],
    ['screen-pattern', pattern !== undefined && pattern > patternLimit],
    // One of the two nets alone is wrong too often to be worth a hint.
    ['low-scores', isLow(antispoof) && isLow(liveness)],
  ];
  return hints.filter(([, holds]) => holds).map(([hint]) => hint);
}
