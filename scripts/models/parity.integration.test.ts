import { beforeEach, describe, expect, it, vi } from 'vitest';
import { modelCatalogue } from '../../native-bridge/face/model-catalogue.ts';
import type { ModelInput, ModelName } from '../../native-bridge/face/model-catalogue.ts';
import { modelRecipes } from './model-recipes.ts';
import type { ModelRecipe } from './model-recipes.ts';
import { largestDifference, openOnnx, toPlanes } from './numeric-comparison.ts';
import { readModelSource } from './source-package.ts';
import type { ModelSource } from './source-package.ts';
import { openFaceApiReference, openGraphReference } from './tensorflow-reference.ts';
import type { ReferenceNet } from './tensorflow-reference.ts';
import { drawPattern, readPhotograph, testPatterns } from './test-picture.ts';

// Measured on the numbers as they are used: probabilities, and positions as parts of the input's edge. The detector's raw
// logits reach -11,168 on a black picture and differ by up to 2.4e-3 there, its boxes by 3.9e-4 and the mesh by 1.5e-4 of
// a pixel: 32-bit floats summed in another order. In the form used nothing differs by more than 3e-6.
const tolerance = 1e-4;
const minutes = 60_000;

const probability = (logit: number): number => 1 / (1 + Math.exp(-logit));
const partOf = (edge: number) => (pixels: number) => pixels / edge;
/** Outputs that are not used as they come out of the net. */
const usedForm: Readonly<Record<string, (value: number) => number>> = {
  'blazeface fine_scores': probability,
  'blazeface coarse_scores': probability,
  'blazeface fine_boxes': partOf(256),
  'blazeface coarse_boxes': partOf(256),
  'facemesh mesh': partOf(192),
  'iris points': partOf(64),
};

/** The nets that the face library runs itself, normalisation included. */
const faceApiNets = {
  'face-recognition': 'faceRecognitionNet',
  'landmarks-68': 'faceLandmark68Net',
  expression: 'faceExpressionNet',
} as const;

function isFaceApiNet(name: ModelName): name is keyof typeof faceApiNets {
  return name in faceApiNets;
}

async function openReference(recipe: ModelRecipe, source: ModelSource): Promise<ReferenceNet> {
  if (isFaceApiNet(recipe.name)) return openFaceApiReference(source, faceApiNets[recipe.name]);
  const net = await openGraphReference(source, recipe.outputNodes);
  return (pixels, shape) => net(normalise(pixels, modelCatalogue[recipe.name].input), shape);
}

function normalise(pixels: Float32Array, { shape: [, channels], normalisation }: ModelInput): Float32Array {
  const { offset, scale } = normalisation;
  return pixels.map((value, index) => (value - (offset[index % channels] ?? Number.NaN)) * scale);
}

async function testPixels(name: ModelName): Promise<ReadonlyMap<string, Float32Array>> {
  const [, channels, edge] = modelCatalogue[name].input.shape;
  const patterns = Object.entries(testPatterns);
  return new Map([
    ['photograph', await readPhotograph(name === 'blazeface' ? 'whole' : 'face', edge, channels)],
    ...patterns.map(([pattern, draw]) => [pattern, drawPattern(draw, edge, channels)] as const),
  ]);
}

// The library, loaded twice in one process, complains about every operator.
beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => undefined));

describe('converted models against the library they come from', () => {
  it.each(modelRecipes)('$name gives the same numbers', { timeout: 3 * minutes }, async (recipe) => {
    const { input, outputs } = modelCatalogue[recipe.name];
    const [, channels, edge] = input.shape;
    const source = await readModelSource(recipe.packageName, recipe.topologyPath, recipe.binaryPath);
    const net = await openOnnx(recipe.convert(source));
    const reference = await openReference(recipe, source);
    for (const [picture, pixels] of await testPixels(recipe.name)) {
      const expected = await reference(pixels, [1, edge, edge, channels]);
      const actual = await net.run(toPlanes(normalise(pixels, input), channels), [1, channels, edge, edge]);
      for (const [index, { name }] of outputs.entries()) {
        const used = usedForm[`${recipe.name} ${name}`] ?? ((value: number) => value);
        const [left, right] = [actual.get(name) ?? new Float32Array(), expected[index] ?? new Float32Array()];
        expect(largestDifference(left.map(used), right.map(used)), `${name} of ${picture}`).toBeLessThan(tolerance);
      }
    }
    await net.close();
  });
});
