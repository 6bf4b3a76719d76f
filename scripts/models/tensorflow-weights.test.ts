import { describe, expect, it } from 'vitest';
import { channelConstant, convolutionFilters, depthwiseFilters, transpose } from './tensor-layout.ts';
import { halfToFloat, readWeights, type WeightsManifest } from './tensorflow-weights.ts';

const manifest: WeightsManifest = [
  {
    paths: ['x.bin'],
    weights: [
      { name: 'bytes', shape: [2], dtype: 'float32', quantization: { dtype: 'uint8', scale: 0.5, min: -1 } },
      { name: 'halves', shape: [1, 2], dtype: 'float32', quantization: { dtype: 'float16' } },
      { name: 'plain', shape: [1], dtype: 'float32' },
      { name: 'whole', shape: [1], dtype: 'int32' },
      { name: 'words', shape: [2], dtype: 'float32', quantization: { dtype: 'uint16', scale: 0.25, min: -2 } },
      { name: 'rounded', shape: [2], dtype: 'int32', quantization: { dtype: 'uint8', scale: 0.4, min: -1 } },
    ],
  },
];
// 4 and 10 as bytes; 1 and -2 as halves; 0.25 as float; -7 as integer; 4 and 260 as words; 1 and 6 as bytes.
const binary = Uint8Array.of(
  ...[4, 10, 0x00, 0x3c, 0x00, 0xc0, 0, 0, 0x80, 0x3e, 0xf9, 0xff, 0xff, 0xff],
  ...[4, 0, 4, 1, 1, 6],
);

describe('weights of a TensorFlow.js model', () => {
  it('are restored from every packing that occurs', () => {
    const weights = readWeights(manifest, binary);
    expect([...(weights.get('bytes')?.data ?? [])]).toEqual([1, 4]);
    expect([...(weights.get('halves')?.data ?? [])]).toEqual([1, -2]);
    expect([...(weights.get('plain')?.data ?? [])]).toEqual([0.25]);
    expect([...(weights.get('whole')?.data ?? [])]).toEqual([-7]);
    expect([...(weights.get('words')?.data ?? [])]).toEqual([-1, 63]);
    // 1 × 0.4 − 1 and 6 × 0.4 − 1, to the nearest whole number.
    expect([...(weights.get('rounded')?.data ?? [])]).toEqual([-1, 1]);
  });

  it('are read right from a buffer that starts anywhere', () => {
    const shifted = Buffer.concat([Buffer.of(99), binary]).subarray(1);
    expect(readWeights(manifest, shifted).get('plain')?.data[0]).toBe(0.25);
  });

  it('must have exactly the length that the manifest says', () => {
    expect(() => readWeights(manifest, binary.subarray(0, 13))).toThrow('end before whole');
    expect(() => readWeights(manifest, Uint8Array.of(...binary, 0))).toThrow('needs 20');
  });

  it.each([
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0x3555, 0.333251953125],
    [0x7bff, 65504],
    [0xfc00, Number.NEGATIVE_INFINITY],
  ])('turn the half 0x%s into %f', (bits, value) => expect(halfToFloat(bits)).toBe(value));
});

describe('the order of weights', () => {
  const counting = (...shape: number[]) => ({
    shape,
    data: Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, (_, index) => index),
  });

  it('is changed by dimension', () => {
    const turned = transpose(counting(2, 3), [1, 0]);
    expect(turned.shape).toEqual([3, 2]);
    expect([...turned.data]).toEqual([0, 3, 1, 4, 2, 5]);
  });

  it('puts output channels first', () => {
    const filters = convolutionFilters(counting(1, 2, 3, 4));
    expect(filters.shape).toEqual([4, 3, 1, 2]);
    // Output 1, input 2, column 1 was at ((0·2 + 1)·3 + 2)·4 + 1.
    expect(filters.data[(1 * 3 + 2) * 2 + 1]).toBe(21);
    expect(depthwiseFilters(counting(3, 3, 5, 1)).shape).toEqual([5, 1, 3, 3]);
  });

  it('refuses what the models do not contain', () => {
    expect(() => depthwiseFilters(counting(3, 3, 5, 2))).toThrow('multiplier');
    expect(() => channelConstant(counting(4, 4, 5), 5, 3)).toThrow('does not fit 5 channels');
    expect(() => channelConstant(counting(5), 4, 3)).toThrow('does not fit 4 channels');
  });
});
