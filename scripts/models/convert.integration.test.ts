import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import pinned from '../../native-bridge/face/model-fingerprints.json' with { type: 'json' };
import { requireModelFolder } from '../../native-bridge/face/model-folder.ts';
import { modelRecipes } from './model-recipes.ts';
import { readModelSource, SourceMissingError } from './source-package.ts';

describe('the conversion at set-up', () => {
  it.each(modelRecipes)('makes the pinned $name, byte for byte', async (recipe) => {
    const source = await readModelSource(recipe.packageName, recipe.topologyPath, recipe.binaryPath);
    const bytes = recipe.convert(source);
    expect(Buffer.compare(bytes, recipe.convert(source))).toBe(0);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(pinned).toHaveProperty([recipe.name], sha256);
  });

  it('does nothing a second time', async () => {
    await requireModelFolder();
    const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'convert.ts')]);
    expect(stdout.trim().split('\n')).toEqual(modelRecipes.map(({ name }) => `model ${name}: up to date`));
  });

  it('says what to do when a package is missing', async () => {
    const missing = readModelSource('@vladmandic/human', 'models/absent.json', 'models/absent.bin');
    await expect(missing).rejects.toThrow(SourceMissingError);
    await expect(missing).rejects.toThrow(/absent\.(json|bin) cannot be read\. Install the packages first/);
  });
});
