/** How the pixels of a picture become a net's input: (value 0..255 − offset) × scale, each channel by itself. */
export interface ChannelNormalisation {
  readonly offset: readonly number[];
  readonly scale: number;
}

export interface ModelInput {
  /** [batch, channels, height, width]; 'batch' where the caller chooses how many pictures go in at once. */
  readonly shape: readonly [1 | 'batch', number, number, number];
  /** What the channels are; grey is 0.2989 red + 0.587 green + 0.114 blue. */
  readonly colours: 'RGB' | 'grey';
  readonly normalisation: ChannelNormalisation;
}

export interface ModelOutput {
  readonly name: string;
  readonly shape: readonly (number | 'batch')[];
  /** What the numbers are, with unit and range. */
  readonly meaning: string;
  /** What each number of a row stands for, where that is a closed list. */
  readonly labels?: readonly string[];
}

export interface ModelDescription {
  /** Models that the station needs all the time are opened when it starts, the others by whoever asks for them. */
  readonly opened: 'at-start' | 'on-demand';
  readonly input: ModelInput;
  readonly outputs: readonly ModelOutput[];
}

const unitRange = { offset: [0, 0, 0], scale: 1 / 255 } as const;
/** The mean colours of the face library's training pictures. */
const meanColours = { offset: [122.782, 117.001, 104.298], scale: 1 / 255 } as const;

/** Every net that the set-up converts: what goes in and what comes out. The conversion is held to these shapes. */
export const modelCatalogue = {
  blazeface: {
    opened: 'at-start',
    input: {
      shape: [1, 3, 256, 256],
      colours: 'RGB',
      normalisation: { offset: [127.5, 127.5, 127.5], scale: 1 / 127.5 },
    },
    outputs: [
      { name: 'fine_scores', shape: [1, 512, 1], meaning: 'logit of a face at each anchor of the 16 × 16 grid' },
      { name: 'fine_boxes', shape: [1, 512, 16], meaning: 'centre, size and six points in pixels of the input' },
      { name: 'coarse_scores', shape: [1, 384, 1], meaning: 'logit of a face at each anchor of the 8 × 8 grid' },
      { name: 'coarse_boxes', shape: [1, 384, 16], meaning: 'centre, size and six points in pixels of the input' },
    ],
  },
  facemesh: {
    opened: 'at-start',
    input: { shape: ['batch', 3, 192, 192], colours: 'RGB', normalisation: unitRange },
    outputs: [
      { name: 'face_flag', shape: ['batch', 1], meaning: 'probability of a face' },
      { name: 'mesh', shape: ['batch', 1404], meaning: '468 × x, y, z in pixels of the input' },
    ],
  },
  'face-recognition': {
    opened: 'at-start',
    input: { shape: ['batch', 3, 150, 150], colours: 'RGB', normalisation: meanColours },
    outputs: [{ name: 'descriptor', shape: ['batch', 128], meaning: 'descriptor, length 1.2 to 1.7 for faces' }],
  },
  iris: {
    opened: 'on-demand',
    input: { shape: ['batch', 3, 64, 64], colours: 'RGB', normalisation: unitRange },
    outputs: [
      {
        name: 'points',
        shape: ['batch', 228],
        meaning:
          '76 × x, y, z in pixels of the input: 71 of eye and brow, then centre, right, top, left, bottom of the iris',
      },
    ],
  },
  emotion: {
    opened: 'on-demand',
    input: { shape: ['batch', 1, 64, 64], colours: 'grey', normalisation: { offset: [127.5], scale: 1 / 127.5 } },
    outputs: [
      {
        name: 'probabilities',
        shape: ['batch', 7],
        meaning: 'probability of each expression, together 1',
        labels: ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'],
      },
    ],
  },
  antispoof: {
    opened: 'on-demand',
    input: { shape: ['batch', 3, 128, 128], colours: 'RGB', normalisation: unitRange },
    outputs: [
      { name: 'real', shape: ['batch', 1], meaning: 'probability of a real face, 0..1; too weak to decide anything' },
    ],
  },
  liveness: {
    opened: 'on-demand',
    input: { shape: ['batch', 3, 32, 32], colours: 'RGB', normalisation: unitRange },
    outputs: [
      {
        name: 'probabilities',
        shape: ['batch', 2],
        meaning: 'probability of each class, together 1; too weak to decide anything',
        labels: ['live', 'fake'],
      },
    ],
  },
  'landmarks-68': {
    opened: 'on-demand',
    input: { shape: ['batch', 3, 112, 112], colours: 'RGB', normalisation: meanColours },
    outputs: [
      { name: 'landmarks', shape: ['batch', 136], meaning: '68 × x, y as parts of the input edge, iBUG order' },
    ],
  },
  expression: {
    opened: 'on-demand',
    input: { shape: ['batch', 3, 112, 112], colours: 'RGB', normalisation: meanColours },
    outputs: [
      {
        name: 'probabilities',
        shape: ['batch', 7],
        meaning: 'probability of each expression, together 1',
        labels: ['neutral', 'happy', 'sad', 'angry', 'fearful', 'disgusted', 'surprised'],
      },
    ],
  },
} as const satisfies Readonly<Record<string, ModelDescription>>;

export type ModelName = keyof typeof modelCatalogue;

/** Nets that are opened by whoever needs them. */
export type OnDemandModelName = {
  [Name in ModelName]: (typeof modelCatalogue)[Name]['opened'] extends 'on-demand' ? Name : never;
}[ModelName];

/** Smallest and largest number that a net gets for pixels of 0..255. */
export function inputRange({ normalisation: { offset, scale } }: ModelInput): readonly [number, number] {
  return [(0 - Math.max(...offset)) * scale, (255 - Math.min(...offset)) * scale];
}
