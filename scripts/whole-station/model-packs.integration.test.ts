import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findSitters } from '../../e2e/devices/sitters.ts';
import type { ModelPack } from '../../native-bridge/contract/model-pack-calls.ts';
import { openPack } from '../../native-bridge/face/packs/recogniser-pack.ts';
import { meanColourModel, noNumberModel, type TestManifest, writePack } from '../model-packs/test-pack.ts';
import { frameOf, newFolder, photograph, removeFolder, startTestStation, type TestStation } from './test-station.ts';

const model = meanColourModel();

let frame: Buffer;
let station: TestStation;
beforeAll(async () => {
  frame = await frameOf((await findSitters(['first'])).first);
});
beforeEach(async () => {
  station = await startTestStation(newFolder());
});
afterEach(async () => {
  await station.stop();
  removeFolder(station.dataFolder);
});

const folderOf = (id: string) => join(station.dataFolder, 'models', id);

/** A pack that takes everybody for the same person, or nobody: two frames of one film differ less than a card from a face. */
async function addPack(id: string, says: 'match' | 'no-match'): Promise<string> {
  const pack = await openPack(writePack(folderOf(id), model));
  await pack.close();
  const { fingerprint } = pack;
  const bands = says === 'match' ? { match: 1.8, review: 1.9 } : { match: 1e-6, review: 0.01 };
  writePack(folderOf(id), model, (manifest: TestManifest) => ({ ...manifest, bands: { fingerprint, ...bands } }));
  return fingerprint;
}

const list = () => station.client.call('model-packs.list', {});
const setRole = (id: string, role: ModelPack['role']) => station.client.call('model-packs.set-role', { id, role });

async function compareOn(card: string) {
  const { draft, missing } = await photograph(station.client, card, frame);
  await station.client.call('enrolment.discard', { reason: '测试' });
  await station.client.call('practice.lift', {});
  if (draft.comparison?.kind !== 'compared') throw new Error('not compared');
  return { comparison: draft.comparison, missing };
}

describe('a recogniser that the site has added', { timeout: 120_000 }, () => {
  it('has a person decide where it disagrees, as second opinion', async () => {
    const fingerprint = await addPack('strict', 'no-match');
    await setRole('strict', 'second');
    const { comparison, missing } = await compareOn('adult-male-zhuang');
    expect(comparison).toMatchObject({
      band: 'review',
      disagreeing: 'match',
      secondOpinion: { kind: 'compared', band: 'no-match', engine: fingerprint },
    });
    expect(missing).toContain('decision');
    await setRole('strict', 'none');
    const alone = (await compareOn('adult-female-han')).comparison;
    expect(alone.band).toBe('match');
    expect(alone.secondOpinion).toBeUndefined();
  });

  it('counts with its own limits and name as first opinion, and leaves it to the built-in one when it breaks', async () => {
    const fingerprint = await addPack('lenient', 'match');
    await setRole('lenient', 'first');
    const { comparison } = await compareOn('adult-male-zhuang');
    expect(comparison).toMatchObject({ band: 'match', engine: fingerprint });
    // The built-in table of rates says nothing about another recogniser.
    expect(comparison.falseAccepts).toBeUndefined();

    await station.stop();
    writeFileSync(join(folderOf('lenient'), 'model.onnx'), 'another file');
    station = await startTestStation(station.dataFolder, station.storeKey);
    expect((await list()).packs).toMatchObject([{ id: 'lenient', role: 'first', trouble: { code: 'face.pack-hash' } }]);
    const after = (await compareOn('adult-male-zhuang')).comparison;
    expect(after.engine).not.toBe(fingerprint);
    expect(after.falseAccepts).toBeDefined();
  });

  it('is listed with what is wrong with it, and gets no role then', async () => {
    expect(await list()).toEqual({ folder: join(station.dataFolder, 'models'), packs: [] });
    expect(existsSync(join(station.dataFolder, 'models'))).toBe(true);
    writePack(folderOf('unmeasured'), model);
    writePack(folderOf('silent'), noNumberModel());
    writePack(folderOf('hostile'), model, (manifest) => ({ ...manifest, model: { ...manifest.model, file: '../x' } }));
    await addPack('good', 'match');
    const refusals = { unmeasured: 'not-measured', silent: 'self-test', hostile: 'manifest', '../../etc': 'unknown' };
    for (const [id, problem] of Object.entries(refusals))
      await expect(setRole(id, 'second')).rejects.toMatchObject({ code: `face.pack-${problem}` });
    expect((await list()).packs).toMatchObject([
      { id: 'good', role: 'none', about: { name: '平均颜色', licence: 'CC0-1.0' } },
      { id: 'hostile', role: 'none', trouble: { code: 'face.pack-manifest' } },
      { id: 'silent', role: 'none' },
      { id: 'unmeasured', role: 'none' },
    ]);
    expect((await station.client.call('station.status', {})).faceTrouble).toBeUndefined();
  });

  it('has one role at a time, gives it up to another, and may vanish', async () => {
    await addPack('a', 'match');
    await addPack('b', 'match');
    await setRole('a', 'first');
    await setRole('b', 'first');
    expect((await setRole('a', 'second')).packs.map(({ id, role }) => [id, role])).toEqual([
      ['a', 'second'],
      ['b', 'first'],
    ]);
    expect((await setRole('b', 'second')).packs.map(({ role }) => role)).toEqual(['none', 'second']);
    await station.stop();
    rmSync(folderOf('b'), { recursive: true });
    station = await startTestStation(station.dataFolder, station.storeKey);
    expect((await list()).packs).toMatchObject([
      { id: 'a' },
      { id: 'b', role: 'second', trouble: { code: 'face.pack-unknown' } },
    ]);
    expect((await setRole('b', 'none')).packs.map(({ id }) => id)).toEqual(['a']);
  });
});
