import { beforeAll, describe, expect, it } from 'vitest';
import { loadModel } from './face-models.ts';
import { requireModelFolder } from './model-folder.ts';
import type { Net } from './net.ts';
import { passesSelfTest, type TestedModel } from './self-test.ts';

let folder: string;
beforeAll(async () => {
  folder = await requireModelFolder();
});

/** A backend whose numbers are off by the given share. */
function deviating(net: Net, share: number): Net {
  const run: Net['run'] = async (count, fill) => {
    const outputs = await net.run(count, fill);
    return new Map([...outputs].map(([name, values]) => [name, values.map((value) => value * (1 + share))]));
  };
  return { ...net, run };
}

describe('the self-test at start', () => {
  it.each<TestedModel>(['blazeface', 'facemesh', 'face-recognition'])(
    'lets %s through as it is, and not when it computes something else',
    async (name) => {
      const model = await loadModel(folder, name);
      if (model.kind !== 'ready') throw new Error(`the model ${name} is not there`);
      expect(await passesSelfTest(name, model.net)).toBe(true);
      expect(await passesSelfTest(name, deviating(model.net, 1e-4))).toBe(true);
      expect(await passesSelfTest(name, deviating(model.net, 0.05))).toBe(false);
      expect(await passesSelfTest(name, deviating(model.net, Number.NaN))).toBe(false);
      await model.net.close();
    },
  );
});
