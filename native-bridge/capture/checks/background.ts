import type { FaceGeometry, RgbImage } from '../../face/types.ts';
import { labDistance, labOf } from '../colour.ts';
import { componentQuality } from '../component-maps.ts';
import { colourAt } from '../face-area.ts';
import { chinDistance, eyeMidpoint, landmark } from '../face-measures.ts';
import { displayLevel, pixelLuminance } from '../luminance.ts';
import type { CheckFrame } from './frame.ts';
import type { CheckDefinition } from './judge.ts';

/** Width of the photo to which it is scaled before the background is looked at (ISO/IEC 29794-5: 295). */
const PHOTO_WIDTH = 96;
/** Sobel values grow with the scale at which an edge is looked at; this brings them back to the standard's width. */
const SCALE_SHARE = PHOTO_WIDTH / 295;
/** What belongs to the person: head and hair around the eyes, and everything below the chin, in units of T. */
const HEAD_HALF_WIDTH = 0.85;
const HEAD_ABOVE_EYES = 1.45;
const NECK_BELOW_EYES = 0.75;
/** Fewer points than this say nothing. */
const LEAST_POINTS = 40;
const CHIN = 8;

/** The background of the photo, scaled down: display levels, and NaN where the person is. */
interface Background {
  readonly width: number;
  readonly height: number;
  readonly levels: Float32Array;
  readonly offsets: Int32Array;
}

/** Mean gradient of the background: pattern, objects and shadows make it large. */
export const plainBackground: CheckDefinition = {
  name: 'plain-background',
  unit: 'level',
  quality: (value) => componentQuality('BackgroundUniformity', value),
  measure: (frame) => valueOf(frame.face && meanGradient(backgroundOf(frame, frame.face))),
  prompt: () => 'plain-background',
};

/** Difference between the mean colour of the background and the one that the profile names. */
export const backgroundColour: CheckDefinition = {
  name: 'background-colour',
  unit: 'level',
  measure: (frame) => valueOf(frame.face && colourDifference(frame, frame.face)),
  prompt: () => 'change-background',
};

function valueOf(value: number | undefined): { value: number } | undefined {
  return value === undefined ? undefined : { value };
}

/*
 * Every frame passes through these loops. They hold numbers in variables and call nothing that hands numbers back from a
 * closure: boxed numbers were half of all that the checks left to the garbage collector, which stops the station.
 */
function backgroundOf(frame: CheckFrame, face: FaceGeometry): Background {
  const { image } = frame;
  const window = photoWindow(frame);
  const step = window.width / PHOTO_WIDTH;
  const [width, height] = [PHOTO_WIDTH, Math.round(window.height / step)];
  const levels = new Float32Array(width * height).fill(Number.NaN);
  const offsets = new Int32Array(width * height).fill(-1);
  const person = personOf(face);
  const reach = Math.max(1, Math.round(step / 3));
  for (let index = 0; index < levels.length; index += 1) {
    const x = window.left + ((index % width) + 0.5) * step;
    const y = window.top + (Math.floor(index / width) + 0.5) * step;
    if (x < 1 || y < 1 || x >= image.width - 1 || y >= image.height - 1 || isPerson(person, x, y)) continue;
    const offset = (Math.floor(y) * image.width + Math.floor(x)) * 3;
    offsets[index] = offset;
    levels[index] = smoothedLevel(image, offset, reach);
  }
  return { width, height, levels, offsets };
}

/** Mean of five points of a pixel's neighbourhood, so that noise does not count as pattern. */
function smoothedLevel({ data, width }: RgbImage, offset: number, reach: number): number {
  const [aside, below] = [reach * 3, reach * width * 3];
  let sum = pixelLuminance(data, offset);
  sum += pixelLuminance(data, placeNear(data, offset, aside));
  sum += pixelLuminance(data, placeNear(data, offset, -aside));
  sum += pixelLuminance(data, placeNear(data, offset, below));
  sum += pixelLuminance(data, placeNear(data, offset, -below));
  return displayLevel(sum / 5);
}

/** The pixel `shift` bytes from the place, or the place itself where that is outside the picture. */
function placeNear(data: Uint8Array, offset: number, shift: number): number {
  const place = offset + shift;
  return place >= 0 && place < data.length ? place : offset;
}

interface Window {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function photoWindow({ stage, image, plan }: CheckFrame): Window {
  const crop = stage === 'live' ? plan() : undefined;
  if (crop === undefined) return { left: 0, top: 0, width: image.width, height: image.height };
  const { centre, width, height } = crop;
  return { left: centre.x - width / 2, top: centre.y - height / 2, width, height };
}

/** Where the person is: the middle of the eyes, the height of the chin, and T, all in pixels. */
interface Person {
  readonly eyeX: number;
  readonly eyeY: number;
  readonly chinY: number;
  readonly unit: number;
}

function personOf(face: FaceGeometry): Person {
  const eyes = eyeMidpoint(face);
  return { eyeX: eyes.x, eyeY: eyes.y, chinY: landmark(face, CHIN).y, unit: chinDistance(face) };
}

/** A rounded head over a body that begins below the mouth and widens: what no wall is seen through. */
function isPerson({ eyeX, eyeY, chinY, unit }: Person, x: number, y: number): boolean {
  const aside = Math.abs(x - eyeX) / unit;
  const below = (y - eyeY) / unit;
  if (y > chinY) return true;
  if (below > NECK_BELOW_EYES && aside < HEAD_HALF_WIDTH + (below - NECK_BELOW_EYES) * 3) return true;
  return aside < HEAD_HALF_WIDTH && below > -HEAD_ABOVE_EYES;
}

function meanGradient({ width, height, levels }: Background): number | undefined {
  let [sum, count] = [0, 0];
  for (let y = 1; y < height - 1; y += 1) {
    for (let index = y * width + 1; index < (y + 1) * width - 1; index += 1) {
      const gradient = sobel(levels, index, width);
      if (Number.isNaN(gradient)) continue;
      sum += gradient;
      count += 1;
    }
  }
  return count < LEAST_POINTS ? undefined : (sum / count) * SCALE_SHARE;
}

function sobel(levels: Float32Array, index: number, width: number): number {
  const [above, below] = [index - width, index + width];
  const across =
    levels[above + 1]! +
    2 * levels[index + 1]! +
    levels[below + 1]! -
    (levels[above - 1]! + 2 * levels[index - 1]! + levels[below - 1]!);
  const down =
    levels[below - 1]! +
    2 * levels[below]! +
    levels[below + 1]! -
    (levels[above - 1]! + 2 * levels[above]! + levels[above + 1]!);
  // Several times as fast as Math.hypot, which guards against numbers that grey levels never are.
  return Math.sqrt(across * across + down * down);
}

function colourDifference(frame: CheckFrame, face: FaceGeometry): number | undefined {
  const { image, profile } = frame;
  const places = backgroundOf(frame, face).offsets.filter((offset) => offset >= 0);
  if (places.length < LEAST_POINTS) return undefined;
  const sum = { red: 0, green: 0, blue: 0 };
  for (const offset of places) {
    const colour = colourAt(image, offset);
    sum.red += colour.red / places.length;
    sum.green += colour.green / places.length;
    sum.blue += colour.blue / places.length;
  }
  return labDistance(labOf(sum), profile.background);
}
