import type { FaceGeometry, RgbImage } from '../../face/types.ts';
import { labDistance, labOf } from '../colour.ts';
import type { Lab } from '../colour.ts';
import {
  areaAround,
  browMiddle,
  cheekAreas,
  colourAt,
  fromPoint,
  luminanceOf,
  meanColour,
  visitArea,
} from '../face-area.ts';
import type { FaceArea } from '../face-area.ts';
import { eyeCentres, landmark, midpoint } from '../face-measures.ts';
import type { CheckDefinition } from './judge.ts';

/** Least level of the darkest channel of a reflection: near white, without colour. */
const GLARE_LEVEL = 240;
/** Skin of one face differs by less than this from its cheeks, light and shade counted half. */
const SKIN_DISTANCE = 20;
const HALF_LIGHTNESS = 0.5;
const CHIN = 8;
const LOWER_LIP = 57;
const BROW_MIDDLES = [19, 24] as const;

/** Share of the eye zone that is a reflection. */
export const glare: CheckDefinition = {
  name: 'glare',
  unit: 'ratio',
  measure: ({ face, image }) => face && valueOf(glareShare(image, face)),
  prompt: () => 'avoid-glare',
};

/** Luminance of the eye zone over that of the cheeks: dark glasses, a hand or hair make it small. */
export const eyesVisible: CheckDefinition = {
  name: 'eyes-visible',
  unit: 'ratio',
  measure: ({ face, image }) => face && valueOf(eyeZoneRatio(image, face)),
  prompt: () => 'remove-dark-glasses',
};

/** Colour difference between the chin and the skin between the brows: a mask or scarf makes it large. */
export const mouthVisible: CheckDefinition = {
  name: 'mouth-visible',
  unit: 'level',
  measure: ({ face, image }) => face && valueOf(chinDifference(image, face)),
  prompt: () => 'uncover-mouth',
};

/** Share of a band above the brows that has the colour of the cheeks: a hat or fringe makes it small. */
export const foreheadVisible: CheckDefinition = {
  name: 'forehead-visible',
  unit: 'ratio',
  measure: ({ face, image }) => face && valueOf(foreheadShare(image, face)),
  prompt: () => 'show-forehead',
};

function valueOf(value: number | undefined): { value: number } | undefined {
  return value === undefined ? undefined : { value };
}

function eyeZones(face: FaceGeometry, width: number, height: number): readonly FaceArea[] {
  return eyeCentres(face).map((centre) => areaAround(face, centre, width, height));
}

function glareShare({ data, ...size }: RgbImage, face: FaceGeometry): number | undefined {
  let [near, count] = [0, 0];
  for (const zone of eyeZones(face, 0.8, 0.5)) {
    visitArea({ data, ...size }, face, zone, (offset) => {
      if (Math.min(data[offset]!, data[offset + 1]!, data[offset + 2]!) >= GLARE_LEVEL) near += 1;
      count += 1;
    });
  }
  return count === 0 ? undefined : near / count;
}

function eyeZoneRatio(image: RgbImage, face: FaceGeometry): number | undefined {
  const eyes = meanColour(image, face, eyeZones(face, 0.6, 0.32));
  const cheeks = meanColour(image, face, cheekAreas(face));
  return eyes && cheeks && luminanceOf(eyes) / Math.max(1e-4, luminanceOf(cheeks));
}

function chinDifference(image: RgbImage, face: FaceGeometry): number | undefined {
  const middle = midpoint(landmark(face, LOWER_LIP), landmark(face, CHIN));
  const chin = meanColour(image, face, [areaAround(face, middle, 0.5, 0.24)]);
  const skin = meanColour(image, face, [browMiddle(face)]);
  return chin && skin && labDistance(labOf(chin), labOf(skin), HALF_LIGHTNESS);
}

function foreheadShare(image: RgbImage, face: FaceGeometry): number | undefined {
  const cheeks = meanColour(image, face, cheekAreas(face));
  if (cheeks === undefined) return undefined;
  const skin = labOf(cheeks);
  const [first, second] = BROW_MIDDLES.map((index) => landmark(face, index));
  const centre = fromPoint(face, midpoint(first!, second!), 0, -0.32);
  let [like, count] = [0, 0];
  visitArea(image, face, areaAround(face, centre, 1, 0.24), (offset) => {
    if (isLike(labOf(colourAt(image, offset)), skin)) like += 1;
    count += 1;
  });
  return count === 0 ? undefined : like / count;
}

function isLike(colour: Lab, skin: Lab): boolean {
  return labDistance(colour, skin, HALF_LIGHTNESS) <= SKIN_DISTANCE;
}
