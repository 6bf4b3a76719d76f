import { graphModelSchema } from './graph-model-schema.ts';
import { convertGraphModel } from './graph-model.ts';
import type { GraphModelPlan } from './graph-model.ts';
import { chipSize, convertRecognitionNet } from './recognition-net.ts';
import type { ModelSource } from './source-package.ts';
import { readWeights, weightsManifestSchema } from './tensorflow-weights.ts';

/** How one ONNX file is made. */
export interface ModelRecipe {
  readonly name: string;
  readonly packageName: string;
  readonly topologyPath: string;
  readonly binaryPath: string;
  readonly inputShape: readonly (number | 'batch')[];
  readonly convert: (source: ModelSource) => Uint8Array;
}

const blazefacePlan: GraphModelPlan = {
  name: 'blazeface',
  inputSize: 256,
  batch: 1,
  outputs: [
    { node: 'Identity', port: { name: 'fine_scores', shape: [1, 512, 1] } },
    { node: 'Identity_2', port: { name: 'fine_boxes', shape: [1, 512, 16] } },
    { node: 'Identity_1', port: { name: 'coarse_scores', shape: [1, 384, 1] } },
    { node: 'Identity_3', port: { name: 'coarse_boxes', shape: [1, 384, 16] } },
  ],
};

const facemeshPlan: GraphModelPlan = {
  name: 'facemesh',
  inputSize: 192,
  batch: 'batch',
  outputs: [
    { node: 'Identity_1', port: { name: 'face_flag', shape: ['batch', 1] } },
    { node: 'Identity_2', port: { name: 'mesh', shape: ['batch', 1404] } },
  ],
};

export const modelRecipes: readonly ModelRecipe[] = [
  graphRecipe(blazefacePlan),
  graphRecipe(facemeshPlan),
  {
    name: 'face-recognition',
    packageName: '@vladmandic/face-api',
    topologyPath: 'model/face_recognition_model-weights_manifest.json',
    binaryPath: 'model/face_recognition_model.bin',
    inputShape: ['batch', 3, chipSize, chipSize],
    convert: ({ topology, binary }) =>
      convertRecognitionNet(readWeights(weightsManifestSchema.parse(JSON.parse(topology)), binary)),
  },
];

function graphRecipe(plan: GraphModelPlan): ModelRecipe {
  return {
    name: plan.name,
    packageName: '@vladmandic/human',
    topologyPath: `models/${plan.name}.json`,
    binaryPath: `models/${plan.name}.bin`,
    inputShape: [plan.batch, 3, plan.inputSize, plan.inputSize],
    convert: ({ topology, binary }) => {
      const model = graphModelSchema.parse(JSON.parse(topology));
      return convertGraphModel(model, readWeights(model.weightsManifest, binary), plan);
    },
  };
}
