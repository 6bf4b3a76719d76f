import { beforeEach, describe, expect, it, vi } from 'vitest';
import { graphOperators } from './graph-operators.ts';
import { convertPractice, differenceFromLibrary, tolerance } from './practice-comparison.ts';
import { attribute, practiceWeights, window } from './practice-graph.ts';
import type { PracticeGraph, PracticeNode } from './practice-graph.ts';

const fused = (...operators: string[]) => ({ fused_ops: attribute.texts(...operators) });

/** One node on a 7 × 6 picture of 3 channels, an edge that no stride divides evenly. */
function onPicture(node: PracticeNode, constants: Pick<PracticeGraph, 'weights' | 'integers'> = {}): PracticeGraph {
  return { inputShape: [7, 6, 3], nodes: [node], ...constants };
}

/** The same for a row of 126 numbers. */
function onRow(node: PracticeNode, constants: Pick<PracticeGraph, 'weights' | 'integers'> = {}): PracticeGraph {
  const row: PracticeNode = { op: 'Reshape', name: 'row', input: ['input', 'row_shape'] };
  const integers = { ...constants.integers, row_shape: [-1, 126] };
  return { inputShape: [7, 6, 3], nodes: [row, node], ...constants, integers };
}

const filters = practiceWeights(3, 3, 3, 4);
const bias = practiceWeights(4);
const depthwise = practiceWeights(3, 3, 3, 1);
const channels = practiceWeights(3);
const slope = practiceWeights(1, 1, 3);
const matrix = practiceWeights(126, 5);
const rowBias = practiceWeights(5);

const cases: readonly (readonly [name: string, graph: PracticeGraph, outputShape: readonly number[]])[] = [
  ...(['SAME', 'VALID'] as const).flatMap((padding) =>
    [1, 2].flatMap((stride) => {
      const [height, width] = padding === 'SAME' ? [7, 6] : [5, 4];
      const size = [Math.ceil(height / stride), Math.ceil(width / stride)];
      const attr = window(padding, stride);
      const kernel = { ksize: attribute.integers(1, 3, 3, 1) };
      return [
        [
          `Conv2D ${padding} ${stride}`,
          onPicture({ op: 'Conv2D', input: ['input', 'filters'], attr }, { weights: { filters } }),
          [...size, 4],
        ],
        [
          `DepthwiseConv2dNative ${padding} ${stride}`,
          onPicture({ op: 'DepthwiseConv2dNative', input: ['input', 'depthwise'], attr }, { weights: { depthwise } }),
          [...size, 3],
        ],
        [
          `MaxPool ${padding} ${stride}`,
          onPicture({ op: 'MaxPool', input: ['input'], attr: window(padding, stride, kernel) }),
          [...size, 3],
        ],
      ] as const;
    }),
  ),
  ...[['BiasAdd'], ['BiasAdd', 'Relu'], ['BiasAdd', 'Relu6'], ['BiasAdd', 'Sigmoid'], ['BiasAdd', 'Prelu']].map(
    (operators) =>
      [
        `_FusedConv2D ${operators.join(' ')}`,
        onPicture(
          {
            op: '_FusedConv2D',
            input: ['input', 'filters', 'bias', ...(operators[1] === 'Prelu' ? ['slope'] : [])],
            attr: window('SAME', 2, {
              ...fused(...operators),
              num_args: { i: operators[1] === 'Prelu' ? '2' : '1' },
            }),
          },
          { weights: { filters, bias, slope: practiceWeights(1, 1, 4) } },
        ),
        [4, 3, 4],
      ] as const,
  ),
  [
    'FusedDepthwiseConv2dNative',
    onPicture(
      {
        op: 'FusedDepthwiseConv2dNative',
        input: ['input', 'depthwise', 'channels'],
        attr: window('SAME', 1, { ...fused('BiasAdd', 'Relu6'), num_args: { i: '1' } }),
      },
      { weights: { depthwise, channels } },
    ),
    [7, 6, 3],
  ],
  ...['Add', 'AddV2', 'Mul', 'Minimum', 'Maximum'].flatMap(
    (op) =>
      [
        [`${op} of pictures`, onPicture({ op, input: ['input', 'input'] }), [7, 6, 3]],
        [
          `${op} of a picture and its channels`,
          onPicture({ op, input: ['input', 'channels'] }, { weights: { channels } }),
          [7, 6, 3],
        ],
        [
          `${op} of a number and a picture`,
          onPicture({ op, input: ['number', 'input'] }, { weights: { number: practiceWeights() } }),
          [7, 6, 3],
        ],
        [
          `${op} of rows`,
          onRow({ op, input: ['row', 'factors'] }, { weights: { factors: practiceWeights(126) } }),
          [126],
        ],
      ] as const,
  ),
  ['BiasAdd', onPicture({ op: 'BiasAdd', input: ['input', 'channels'] }, { weights: { channels } }), [7, 6, 3]],
  ...['Relu', 'Relu6', 'Sigmoid', 'Softmax'].flatMap(
    (op) =>
      [
        [`${op} of a picture`, onPicture({ op, input: ['input'] }), [7, 6, 3]],
        [`${op} of a row`, onRow({ op, input: ['row'] }), [126]],
      ] as const,
  ),
  ['Prelu', onPicture({ op: 'Prelu', input: ['input', 'slope'] }, { weights: { slope } }), [7, 6, 3]],
  ['Identity', onPicture({ op: 'Identity', input: ['input'] }), [7, 6, 3]],
  [
    'Pad',
    onPicture(
      { op: 'Pad', input: ['input', 'amounts'] },
      {
        integers: {
          amounts: [
            [0, 0],
            [1, 2],
            [0, 3],
            [2, 1],
          ],
        },
      },
    ),
    [10, 9, 6],
  ],
  ['Reshape', onPicture({ op: 'Reshape', input: ['input', 'to'] }, { integers: { to: [-1, 18, 7] } }), [18, 7]],
  [
    'ConcatV2',
    onPicture(
      { op: 'ConcatV2', input: ['input', 'input', 'axis'], attr: { N: { i: '2' } } },
      { integers: { axis: [-1] } },
    ),
    [7, 6, 6],
  ],
  ['MatMul', onRow({ op: 'MatMul', input: ['row', 'matrix'] }, { weights: { matrix } }), [5]],
  [
    '_FusedMatMul',
    onRow(
      {
        op: '_FusedMatMul',
        input: ['row', 'matrix', 'rowBias'],
        attr: { ...fused('BiasAdd', 'Relu'), num_args: { i: '1' } },
      },
      { weights: { matrix, rowBias } },
    ),
    [5],
  ],
  ['Mean to a row', onPicture({ op: 'Mean', input: ['input', 'axes'] }, { integers: { axes: [1, 2] } }), [3]],
  [
    'Mean to a picture',
    onPicture(
      { op: 'Mean', input: ['input', 'axes'], attr: { keep_dims: attribute.flag(true) } },
      { integers: { axes: [2, 1] } },
    ),
    [1, 1, 3],
  ],
];

beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => undefined));

describe('every operator gives the numbers that the library gives', () => {
  it.each(cases)('%s', async (_, graph, outputShape) => {
    expect(await differenceFromLibrary(graph, outputShape)).toBeLessThan(tolerance);
  });

  it('and none is left out', () => {
    const tested = new Set(cases.flatMap(([, { nodes }]) => nodes.map(({ op }) => op)));
    expect([...graphOperators.keys()].filter((operator) => !tested.has(operator))).toEqual([]);
  });
});

describe('what the conversion cannot translate is refused by name', () => {
  const refused: readonly (readonly [string, PracticeGraph])[] = [
    ['operator ResizeBilinear (output) is not supported', onPicture({ op: 'ResizeBilinear', input: ['input'] })],
    ['operator constructor (output) is not supported', onPicture({ op: 'constructor', input: ['input'] })],
    [
      'output: fused Elu is not supported',
      onPicture(
        { op: '_FusedConv2D', input: ['input', 'filters', 'bias'], attr: window('SAME', 1, fused('BiasAdd', 'Elu')) },
        { weights: { filters, bias } },
      ),
    ],
    [
      'output: fused FusedBatchNorm is not supported',
      onPicture(
        { op: '_FusedConv2D', input: ['input', 'filters', 'bias'], attr: window('SAME', 1, fused('FusedBatchNorm')) },
        { weights: { filters, bias } },
      ),
    ],
    [
      'output: padding EXPLICIT is not supported',
      onPicture(
        { op: 'Conv2D', input: ['input', 'filters'], attr: { padding: attribute.text('EXPLICIT') } },
        { weights: { filters } },
      ),
    ],
    [
      'output is dilated',
      onPicture(
        {
          op: 'Conv2D',
          input: ['input', 'filters'],
          attr: window('SAME', 1, { dilations: attribute.integers(1, 2, 2, 1) }),
        },
        { weights: { filters } },
      ),
    ],
    [
      'output has its channels first',
      onPicture(
        { op: 'Conv2D', input: ['input', 'filters'], attr: window('SAME', 1, { data_format: attribute.text('NCHW') }) },
        { weights: { filters } },
      ),
    ],
    [
      'output transposes a side',
      onRow(
        { op: 'MatMul', input: ['row', 'matrix'], attr: { transpose_b: attribute.flag(true) } },
        { weights: { matrix } },
      ),
    ],
    [
      'output: only the mean over height and width is supported',
      onPicture({ op: 'Mean', input: ['input', 'axes'] }, { integers: { axes: [3] } }),
    ],
    [
      'output: only channels can be concatenated',
      onPicture({ op: 'ConcatV2', input: ['input', 'input', 'axis'] }, { integers: { axis: [1] } }),
    ],
    [
      'output pads the batch',
      onPicture(
        { op: 'Pad', input: ['input', 'by'] },
        {
          integers: {
            by: [
              [0, 1],
              [0, 0],
              [0, 0],
              [0, 0],
            ],
          },
        },
      ),
    ],
    ['weights filters are missing', onPicture({ op: 'Conv2D', input: ['input', 'filters'], attr: window('SAME', 1) })],
    ['node other is used before it is computed', onPicture({ op: 'Relu', input: ['other'] })],
  ];

  it.each(refused)('%s', (message, graph) => {
    expect(() => convertPractice(graph, [7, 6, 3])).toThrow(message);
  });

  it('also shapes that do not fit', () => {
    const wide = practiceWeights(3, 3, 5, 4);
    const convolution: PracticeNode = { op: 'Conv2D', input: ['input', 'wide'], attr: window('SAME', 1) };
    expect(() => convertPractice(onPicture(convolution, { weights: { wide } }), [7, 6, 4])).toThrow(
      '5 channels meet 3',
    );
    const shaped: PracticeNode = { op: 'Reshape', input: ['input', 'to'] };
    expect(() => convertPractice(onPicture(shaped, { integers: { to: [-1, 125] } }), [125])).toThrow(
      'cannot be read as',
    );
    const product: PracticeNode = { op: 'MatMul', input: ['input', 'matrix'] };
    expect(() => convertPractice(onPicture(product, { weights: { matrix } }), [5])).toThrow('meets picture');
    expect(() => convertPractice(onRow({ op: 'Relu', input: ['row'] }), [125])).toThrow('output has the shape 126');
  });
});
