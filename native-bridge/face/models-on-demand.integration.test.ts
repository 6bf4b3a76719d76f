import { copyFile, mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFaceEngine } from './face-engine.ts';
import { inputRange, modelCatalogue } from './model-catalogue.ts';
import type { ModelDescription, ModelName, OnDemandModelName } from './model-catalogue.ts';
import fingerprints from './model-fingerprints.json' with { type: 'json' };
import { requireModelFolder } from './model-folder.ts';
import { modelsOnDemand } from './models-on-demand.ts';
import type { ModelsOnDemand } from './models-on-demand.ts';

const modelNames = Object.keys(modelCatalogue) as ModelName[];
const isOnDemand = (name: ModelName): name is OnDemandModelName => modelCatalogue[name].opened === 'on-demand';
const onDemand = modelNames.filter(isOnDemand);

let folder: string;
let models: ModelsOnDemand;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enrol-desk-models-'));
  models = modelsOnDemand(folder);
});
afterEach(async () => {
  await models.close();
  await rm(folder, { recursive: true });
});

async function putModel(name: ModelName): Promise<void> {
  await copyFile(join(await requireModelFolder(), `${name}.onnx`), join(folder, `${name}.onnx`));
}

describe('the catalogue of nets', () => {
  it('names exactly those that have a pinned fingerprint', () => {
    expect(Object.keys(fingerprints).toSorted()).toEqual(modelNames.toSorted());
  });

  it('derives the range of an input from its normalisation', () => {
    expect(inputRange(modelCatalogue.blazeface.input)).toEqual([-1, 1]);
    expect(inputRange(modelCatalogue.iris.input)).toEqual([0, 1]);
    const [smallest, largest] = inputRange(modelCatalogue.expression.input);
    expect(smallest).toBeCloseTo(-122.782 / 255);
    expect(largest).toBeCloseTo((255 - 104.298) / 255);
  });
});

describe('nets that are opened on demand', () => {
  it('are not needed for the station to start', async () => {
    for (const name of modelNames) if (!isOnDemand(name)) await putModel(name);
    const engine = await createFaceEngine({ modelFolder: folder });
    expect([engine.analysis, engine.comparison]).toEqual([{ kind: 'ready' }, { kind: 'ready' }]);
    await engine.close();
  });

  it.each(onDemand)('%s takes and gives several pictures at once in the shapes of the catalogue', async (name) => {
    await putModel(name);
    const model = await models.open(name);
    if (model.kind !== 'ready') throw new Error(model.problem);
    const { input, outputs }: ModelDescription = modelCatalogue[name];
    const [, channels, height, width] = input.shape;
    const results = await model.net.run(2, (planes) => {
      expect(planes).toHaveLength(2 * channels * height * width);
      planes.fill(0);
    });
    expect([...results.keys()]).toEqual(outputs.map((output) => output.name));
    for (const { name: output, shape, labels } of outputs) {
      const numbers = shape.slice(1).map(Number);
      expect(results.get(output)).toHaveLength(2 * numbers.reduce((product, size) => product * size, 1));
      if (labels) expect(labels).toHaveLength(numbers.at(-1) ?? 0);
    }
  });

  it('are opened once, however many ask', async () => {
    await putModel('liveness');
    const [first, second] = await Promise.all([models.open('liveness'), models.open('liveness')]);
    expect(first).toMatchObject({ kind: 'ready' });
    expect(second).toBe(first);
  });

  it('are refused when they are missing or not the pinned file', async () => {
    const unavailable = { kind: 'unavailable', model: 'emotion' };
    expect(await models.open('emotion')).toEqual({ ...unavailable, problem: 'missing' });
    await models.close();
    await putModel('emotion');
    await truncate(join(folder, 'emotion.onnx'), 1000);
    expect(await models.open('emotion')).toEqual({ ...unavailable, problem: 'fingerprint-mismatch' });
  });
});
