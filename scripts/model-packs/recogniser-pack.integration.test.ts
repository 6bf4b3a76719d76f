import { closeSync, mkdirSync, openSync, rmSync, symlinkSync, truncateSync, writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RgbImage } from '../../native-bridge/face/types.ts';
import type { PackError } from '../../native-bridge/face/packs/pack-error.ts';
import { largestModel } from '../../native-bridge/face/packs/pack-files.ts';
import { metricValue, unitDistance } from '../../native-bridge/face/packs/pack-manifest.ts';
import { openPack } from '../../native-bridge/face/packs/recogniser-pack.ts';
import { ProtobufWriter } from '../models/protobuf-writer.ts';
import { meanColourModel, noNumberModel, sha256, testEdge, testLength, writePack } from './test-pack.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'enrol-desk-packs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const model = meanColourModel();
const inPack = (name: string) => join(folder, 'pack', name);

async function opened(...change: [Parameters<typeof writePack>[2]?]) {
  return openPack(writePack(join(folder, 'pack'), model, ...change));
}

const problemOf = (opening: Promise<unknown>) =>
  opening.then(
    () => 'none',
    (error: unknown) => (error as PackError).problem,
  );

/** Landmarks of an upright face of about 60 pixels. */
const landmarks = Float32Array.from({ length: 136 }, (_, index) => 40 + ((index * 37) % 60));

const picture = (level: number): RgbImage => ({
  width: 128,
  height: 128,
  data: Uint8Array.from({ length: 3 * 128 * 128 }, (_, index) => (index % 3 === 0 ? level : (index * 7) % 255)),
});

describe('a pack', () => {
  it('describes faces by directions, the same face alike each time', async () => {
    const pack = await opened();
    const [first = new Float32Array(), again, other] = [
      await pack.describe(picture(10), landmarks),
      await pack.describe(picture(10), landmarks),
      await pack.describe(picture(240), landmarks),
    ];
    expect(first).toHaveLength(testLength);
    expect(Math.hypot(...first)).toBeCloseTo(1, 5);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    await pack.close();
  });

  it('reads its channels in the order that it names', async () => {
    const rgb = await opened();
    const one = await rgb.describe(picture(200), landmarks);
    await rgb.close();
    const bgr = await opened((manifest) => ({
      ...manifest,
      input: { edge: testEdge, channels: 'BGR', mean: [127.5, 127.5, 127.5], scale: 1 / 128 },
    }));
    const other = await bgr.describe(picture(200), landmarks);
    const third = testLength / 3;
    expect([...other.subarray(0, third)]).toEqual([...one.subarray(2 * third)]);
    expect(bgr.fingerprint).not.toBe(rgb.fingerprint);
    await bgr.close();
  });

  it('has limits only with those that were measured for its fingerprint, in the terms of its metric', async () => {
    const bare = await opened();
    expect(bare.limits).toBeUndefined();
    await bare.close();
    const { fingerprint } = bare;
    const bands = { fingerprint, match: 0.6, review: 0.3 };
    const measured = await opened((manifest) => ({ ...manifest, metric: 'cosine', bands }));
    expect(measured.limits).toMatchObject({ fingerprint, match: Math.sqrt(0.8), review: Math.sqrt(1.4) });
    await measured.close();
    const foreign = await opened((manifest) => ({
      ...manifest,
      bands: { fingerprint: 'another', match: 0.9, review: 1.1 },
    }));
    expect(foreign.limits).toBeUndefined();
    await foreign.close();
    expect(metricValue('cosine', unitDistance('cosine', 0.363))).toBeCloseTo(0.363);
  });

  it('takes 51 points as well', async () => {
    const points = Array.from({ length: 51 }, (_, index) => [4 + ((index * 13) % 24), 4 + ((index * 7) % 24)]);
    const pack = await opened((manifest) => ({ ...manifest, alignment: { points } }));
    expect(await pack.describe(picture(10), landmarks)).toHaveLength(testLength);
    await pack.close();
  });

  it('passes its own golden test, and fails it where the model computes something else', async () => {
    const golden = { input: 'in.bin', output: 'out.bin' };
    const grey = new Float32Array(3 * testEdge * testEdge).fill(0.5);
    const write = (value: number) => {
      mkdirSync(join(folder, 'pack'), { recursive: true });
      writeFileSync(inPack('in.bin'), new Uint8Array(grey.buffer));
      writeFileSync(inPack('out.bin'), new Uint8Array(new Float32Array(testLength).fill(value).buffer));
    };
    write(0.5);
    await (await opened((manifest) => ({ ...manifest, golden }))).close();
    for (const wrong of [0.52, Number.NaN]) {
      write(wrong);
      expect(await problemOf(opened((manifest) => ({ ...manifest, golden })))).toBe('self-test');
    }
    truncateSync(inPack('out.bin'), 8);
    expect(await problemOf(opened((manifest) => ({ ...manifest, golden })))).toBe('file');
  });
});

describe('a pack that is broken or hostile', () => {
  it.each<[string, string, Record<string, unknown>]>([
    ['a path out of the folder', 'manifest', { model: { file: '../model.onnx', sha256: sha256(model) } }],
    ['an absolute path', 'manifest', { model: { file: '/etc/passwd', sha256: sha256(model) } }],
    ['a Windows path', 'manifest', { model: { file: '..\\model.onnx', sha256: sha256(model) } }],
    ['no file', 'file', { model: { file: 'gone.onnx', sha256: sha256(model) } }],
    ['another file', 'hash', { model: { file: 'model.onnx', sha256: 'ab'.repeat(32) } }],
    ['a huge input', 'manifest', { input: { edge: 100_000, channels: 'RGB', mean: [0, 0, 0], scale: 1 } }],
    ['another input', 'shape', { input: { edge: 64, channels: 'RGB', mean: [0, 0, 0], scale: 1 } }],
    ['a scale of nought', 'manifest', { input: { edge: 32, channels: 'RGB', mean: [0, 0, 0], scale: 0 } }],
    ['another length', 'shape', { output: { length: 64 } }],
    ['an output that is not there', 'shape', { output: { name: 'other', length: testLength } }],
    ['points all at one place', 'manifest', { alignment: { points: Array(5).fill([3, 3]) } }],
    ['too few points', 'manifest', { alignment: { points: [[1, 2]] } }],
    ['limits the wrong way round', 'manifest', { bands: { fingerprint: 'x', match: 1.1, review: 0.9 } }],
    ['an unknown member', 'manifest', { run: 'rm -rf' }],
    ['no licence', 'manifest', { licence: undefined }],
    ['a table that is none', 'manifest', { falseAccepts: 'manifest.json' }],
  ])('is refused: %s', async (_what, problem, change) => {
    expect(await problemOf(opened((manifest) => ({ ...manifest, ...change })))).toBe(problem);
  });

  it('is refused: bytes that are no model', async () => {
    expect(await problemOf(openPack(writePack(join(folder, 'pack'), new TextEncoder().encode('no model'))))).toBe(
      'cannot-load',
    );
  });

  it('is refused: a model that gives no numbers', async () => {
    expect(await problemOf(openPack(writePack(join(folder, 'pack'), noNumberModel())))).toBe('self-test');
  });

  it('is refused: a model whose weights lie in a file outside', async () => {
    const opening = openPack(writePack(join(folder, 'pack'), outsideWeights()));
    await expect(opening).rejects.toThrow(/external data/i);
    expect(await problemOf(opening)).toBe('cannot-load');
  });

  it('is refused: a file or a folder that is a link', async () => {
    const elsewhere = writePack(join(folder, 'elsewhere'), model);
    symlinkSync(elsewhere, join(folder, 'linked'));
    expect(await problemOf(openPack(join(folder, 'linked')))).toBe('file');
    writePack(join(folder, 'pack'), model);
    rmSync(inPack('model.onnx'));
    symlinkSync(join(elsewhere, 'model.onnx'), inPack('model.onnx'));
    expect(await problemOf(openPack(join(folder, 'pack')))).toBe('file');
  });

  it('is refused: a file larger than any recogniser, without reading it', async () => {
    writePack(join(folder, 'pack'), model);
    truncateSync(inPack('model.onnx'), largestModel + 1);
    expect(await problemOf(openPack(join(folder, 'pack')))).toBe('file');
  });

  it('is refused: a manifest that is huge, missing, or no JSON', async () => {
    writePack(join(folder, 'pack'), model);
    truncateSync(inPack('manifest.json'), 10_000_000);
    expect(await problemOf(openPack(join(folder, 'pack')))).toBe('manifest');
    closeSync(openSync(inPack('manifest.json'), 'w'));
    expect(await problemOf(openPack(join(folder, 'pack')))).toBe('manifest');
    rmSync(inPack('manifest.json'));
    expect(await problemOf(openPack(join(folder, 'pack')))).toBe('manifest');
    expect(await problemOf(openPack(join(folder, 'nowhere')))).toBe('file');
  });
});

/** ONNX lets a model keep its weights in other files; this one asks for one of the system's. */
function outsideWeights(): Uint8Array {
  const entry = (key: string, value: string) => new ProtobufWriter().bytes(1, key).bytes(2, value);
  const weights = new ProtobufWriter()
    .integer(1, testLength)
    .integer(2, 1)
    .bytes(8, 'weights')
    .bytes(13, entry('location', '../../../../../../etc/passwd'))
    .bytes(13, entry('length', String(4 * testLength)))
    .integer(14, 1);
  const port = (name: string, shape: readonly number[]) => {
    const sizes = new ProtobufWriter();
    for (const size of shape) sizes.bytes(1, new ProtobufWriter().integer(1, size));
    const tensor = new ProtobufWriter().integer(1, 1).bytes(2, sizes);
    return new ProtobufWriter().bytes(1, name).bytes(2, new ProtobufWriter().bytes(1, tensor));
  };
  const node = new ProtobufWriter().bytes(1, 'weights').bytes(2, 'fc1').bytes(3, 'copy').bytes(4, 'Identity');
  const graph = new ProtobufWriter()
    .bytes(1, node)
    .bytes(2, 'outside')
    .bytes(5, weights)
    .bytes(11, port('data', [1, 3, testEdge, testEdge]))
    .bytes(12, port('fc1', [testLength]));
  const operators = new ProtobufWriter().bytes(1, '').integer(2, 13);
  return new ProtobufWriter().integer(1, 8).bytes(7, graph).bytes(8, operators).finish();
}
