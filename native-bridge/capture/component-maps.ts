/**
 * Maps of ISO/IEC 29794-5 from a component's raw measure to its quality 0..100, as the reference implementation (OFIQ
 * 1.0.3) has them, for every component that landmarks and pixels can answer.
 */
const sigmoid = (x: number, centre: number, width: number): number => 1 / (1 + Math.exp((centre - x) / width));

/** A quality as it is reported: whole, 0..100. */
export function quality(value: number): number {
  return Math.min(100, Math.max(0, Math.round(value)));
}

const cosineSquared = (degrees: number): number => 100 * Math.max(0, Math.cos((degrees * Math.PI) / 180)) ** 2;

/** Head height T over the image height that the standard calls ideal. */
const IDEAL_HEAD_SIZE = 0.45;

const maps = {
  BackgroundUniformity: (sobel: number) => 190 * (1 - sigmoid(sobel, 10, 100)),
  IlluminationUniformity: (overlap: number) => 100 * overlap ** 0.3,
  LuminanceMean: (mean: number) => 100 * sigmoid(mean, 0.2, 0.05) * (1 - sigmoid(mean, 0.8, 0.05)),
  LuminanceVariance: (variance: number) => 100 * Math.sin((Math.PI * 60 * variance) / (60 * variance + 1)),
  UnderExposurePrevention: (share: number) => 120 * (0.832 - sigmoid(share, 0.92, 0.05)),
  OverExposurePrevention: (share: number) => 1 / (share + 0.01),
  DynamicRange: (bits: number) => 12.5 * bits,
  NaturalColour: (deviation: number) => 200 * (1 - sigmoid(deviation, 0, 10)),
  SingleFacePresent: (share: number) => 100 * (1 - share),
  EyesOpen: (gap: number) => 100 * sigmoid(gap, 0.02, 0.01),
  MouthClosed: (gap: number) => 100 * (1 - sigmoid(gap, 0.2, 0.06)),
  InterEyeDistance: (pixels: number) => 100 * sigmoid(pixels, 70, 20),
  HeadSize: (share: number) => 200 * (1 - sigmoid(Math.abs(share - IDEAL_HEAD_SIZE), 0, 0.05)),
  LeftwardCropOfTheFaceImage: (margin: number) => 100 * sigmoid(margin, 0.9, 0.1),
  RightwardCropOfTheFaceImage: (margin: number) => 100 * sigmoid(margin, 0.9, 0.1),
  MarginAboveOfTheFaceImage: (margin: number) => 100 * sigmoid(margin, 1.4, 0.1),
  MarginBelowOfTheFaceImage: (margin: number) => 100 * sigmoid(margin, 1.8, 0.1),
  HeadPoseYaw: cosineSquared,
  HeadPosePitch: cosineSquared,
  HeadPoseRoll: cosineSquared,
} as const;

export type Component = keyof typeof maps;
export const components = Object.keys(maps) as readonly Component[];

/** Quality 0..100 of a component's raw measure. */
export function componentQuality(component: Component, raw: number): number {
  return quality(maps[component](raw));
}
