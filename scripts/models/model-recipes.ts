import { modelCatalogue } from '../../native-bridge/face/model-catalogue.ts';
import type { ModelDescription, ModelName } from '../../native-bridge/face/model-catalogue.ts';
import { convertFaceFeatureNet } from './face-feature-net.ts';
import { graphModelSchema } from './graph-model-schema.ts';
import { convertGraphModel } from './graph-model.ts';
import type { FloatTensor, TensorPort } from './onnx-graph.ts';
import { convertRecognitionNet } from './recognition-net.ts';
import type { ModelSource } from './source-package.ts';
import { readWeights, weightsManifestSchema } from './tensorflow-weights.ts';

/** How one ONNX file is made. */
export interface ModelRecipe {
  readonly name: ModelName;
  readonly packageName: string;
  readonly topologyPath: string;
  readonly binaryPath: string;
  /** Nodes of the source's graph that compute the catalogue's outputs; none where the source is no graph. */
  readonly outputNodes: readonly string[];
  readonly convert: (source: ModelSource) => Uint8Array;
}

export const modelRecipes: readonly ModelRecipe[] = [
  graphRecipe('blazeface', ['Identity', 'Identity_2', 'Identity_1', 'Identity_3']),
  graphRecipe('facemesh', ['Identity_1', 'Identity_2']),
  layerRecipe('face-recognition', 'face_recognition', convertRecognitionNet),
  graphRecipe('iris', ['Identity']),
  graphRecipe('emotion', ['Identity']),
  graphRecipe('antispoof', ['Identity']),
  graphRecipe('liveness', ['Identity']),
  featureRecipe('landmarks-68', 'face_landmark_68', false),
  featureRecipe('expression', 'face_expression', true),
];

/** A net that the package holds as a graph; `outputNodes` are in the order of the catalogue's outputs. */
function graphRecipe(name: ModelName, outputNodes: readonly string[]): ModelRecipe {
  const { input, outputs }: ModelDescription = modelCatalogue[name];
  const plan = {
    name,
    inputShape: input.shape,
    outputs: outputs.map((port, index) => ({ node: outputNodes[index] ?? '', port })),
  };
  return {
    name,
    packageName: '@vladmandic/human',
    topologyPath: `models/${name}.json`,
    binaryPath: `models/${name}.bin`,
    outputNodes,
    convert: ({ topology, binary }) => {
      const model = graphModelSchema.parse(JSON.parse(topology));
      return convertGraphModel(model, readWeights(model.weightsManifest, binary), plan);
    },
  };
}

function featureRecipe(name: ModelName, file: string, softmax: boolean): ModelRecipe {
  const { input, outputs } = modelCatalogue[name];
  const plan = { name, inputShape: input.shape, output: outputs[0] satisfies TensorPort, softmax };
  return layerRecipe(name, file, (weights) => convertFaceFeatureNet(weights, plan));
}

/** A net whose package holds only the weights; its layers are written down here. */
function layerRecipe(
  name: ModelName,
  file: string,
  convert: (weights: ReadonlyMap<string, FloatTensor>) => Uint8Array,
): ModelRecipe {
  return {
    name,
    packageName: '@vladmandic/face-api',
    topologyPath: `model/${file}_model-weights_manifest.json`,
    binaryPath: `model/${file}_model.bin`,
    outputNodes: [],
    convert: ({ topology, binary }) => convert(readWeights(weightsManifestSchema.parse(JSON.parse(topology)), binary)),
  };
}
