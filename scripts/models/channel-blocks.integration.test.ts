import { beforeEach, describe, expect, it, vi } from 'vitest';
import { graphOperators } from './graph-operators.ts';
import { differenceFromLibrary, tolerance } from './practice-comparison.ts';
import { attribute, practiceWeights, window } from './practice-graph.ts';
import type { PracticeGraph, PracticeNode } from './practice-graph.ts';

type Constants = Pick<PracticeGraph, 'weights' | 'integers'>;

/** Nodes behind a value called `wide` of 18 channels, which the converted form holds as 32. */
function onWide(nodes: readonly PracticeNode[], { weights, integers = {} }: Constants): PracticeGraph {
  const wide: PracticeNode = { op: 'Conv2D', name: 'wide', input: ['input', 'toWide'], attr: window('SAME', 1) };
  const toWide = practiceWeights(1, 1, 3, 18);
  return { inputShape: [7, 6, 3], nodes: [wide, ...nodes], weights: { ...weights, toWide }, integers };
}

const single = (op: string, ...others: string[]): PracticeNode[] => [{ op, input: ['wide', ...others] }];
const picture = [7, 6, 18];
const perChannel: Constants = { weights: { each: practiceWeights(18) } };
const lastAxis: Constants = { integers: { axis: [-1] } };
const pads = (channels: readonly [number, number], rows: readonly [number, number]): Constants => ({
  integers: { amounts: [[0, 0], rows, [0, 0], channels] },
});

type Case = readonly [name: string, nodes: readonly PracticeNode[], shape: readonly number[], constants?: Constants];

const cases: readonly Case[] = [
  ...['Relu', 'Relu6', 'Sigmoid', 'Softmax', 'Identity'].map((op): Case => [op, single(op), picture]),
  ['Prelu', single('Prelu', 'slope'), picture, { weights: { slope: practiceWeights(1, 1, 18) } }],
  ...['BiasAdd', 'Mul', 'Minimum'].map((op): Case => [`${op} by channel`, single(op, 'each'), picture, perChannel]),
  ['Add of a number', single('Add', 'number'), picture, { weights: { number: practiceWeights() } }],
  ['Add of itself', single('Add', 'wide'), picture],
  [
    'Add of as many channels that are held otherwise',
    [
      { op: 'Conv2D', name: 'part', input: ['input', 'toPart'], attr: window('SAME', 1) },
      { op: 'ConcatV2', name: 'both', input: ['part', 'input', 'axis'], attr: { N: { i: '2' } } },
      ...single('AddV2', 'both'),
    ],
    picture,
    { ...lastAxis, weights: { toPart: practiceWeights(1, 1, 3, 15) } },
  ],
  ['ConcatV2', [{ op: 'ConcatV2', input: ['wide', 'input', 'axis'], attr: { N: { i: '2' } } }], [7, 6, 21], lastAxis],
  [
    'MaxPool',
    [{ op: 'MaxPool', input: ['wide'], attr: window('SAME', 2, { ksize: attribute.integers(1, 3, 3, 1) }) }],
    [4, 3, 18],
  ],
  [
    'Conv2D',
    [{ op: 'Conv2D', input: ['wide', 'filters'], attr: window('SAME', 2) }],
    [4, 3, 5],
    { weights: { filters: practiceWeights(3, 3, 18, 5) } },
  ],
  [
    'DepthwiseConv2dNative',
    [{ op: 'DepthwiseConv2dNative', input: ['wide', 'filters'], attr: window('SAME', 1) }],
    picture,
    { weights: { filters: practiceWeights(3, 3, 18, 1) } },
  ],
  ['Pad of channels', single('Pad', 'amounts'), [7, 6, 23], pads([2, 3], [0, 0])],
  ['Pad of rows', single('Pad', 'amounts'), [9, 6, 18], pads([0, 0], [1, 1])],
  ['Reshape', single('Reshape', 'to'), [42, 18], { integers: { to: [-1, 42, 18] } }],
  ['Mean', single('Mean', 'axes'), [18], { integers: { axes: [1, 2] } }],
];

/** They read rows of numbers, which have no channels to hold, or are the same code as an operator above. */
const withoutChannels = ['MatMul', '_FusedMatMul', '_FusedConv2D', 'FusedDepthwiseConv2dNative', 'Maximum'];

beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => undefined));

describe('channels that do not fill the blocks of the runtime change no number', () => {
  const named = cases.map(([name, nodes, shape, constants = {}]) => ({ name, nodes, shape, constants }));

  it.each(named)('$name', async ({ nodes, shape, constants }) => {
    expect(await differenceFromLibrary(onWide(nodes, constants), shape)).toBeLessThan(tolerance);
  });

  it('and no operator is left out', () => {
    const tested = new Set([...cases.flatMap(([, nodes]) => nodes.map(({ op }) => op)), ...withoutChannels]);
    expect([...graphOperators.keys()].filter((operator) => !tested.has(operator))).toEqual([]);
  });
});
