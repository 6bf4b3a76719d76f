import { analyseCardPortrait, analysePicture } from './analyse.ts';
import type { AnalysisEffort, AnalysisNets, PortraitAnalysis } from './analyse.ts';
import { describeFaces, type DescriptionEffort, type ShownFace } from './describe.ts';
import { followFaces } from './follow.ts';
import type { FaceFollower } from './follow.ts';
import { loadModel } from './face-models.ts';
import type { LoadedModel, ModelName, ModelProblem } from './face-models.ts';
import type { Net } from './net.ts';
import { pipelineFingerprint } from './pipeline-fingerprint.ts';
import { samplerProblem } from './sampler.ts';
import { passesSelfTest, type TestedModel } from './self-test.ts';
import type { FaceGeometry, RgbImage } from './types.ts';

export type { PortraitAnalysis } from './analyse.ts';

/** Whether a part of the engine works. */
export type EngineState =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unavailable'; readonly model: ModelName | 'sampler'; readonly problem: ModelProblem };

/** Asked of an engine whose models are not usable; look at the engine's state before. */
export class FaceEngineUnavailableError extends Error {
  readonly code = 'face-model-unavailable';
}

export interface FaceEngine {
  /** Finding and measuring faces. */
  readonly analysis: EngineState;
  /** Describing faces for a comparison; never ready when `analysis` is not. */
  readonly comparison: EngineState;
  /** Names nets, alignment and averaging; limits of distance hold for one such combination only. */
  readonly fingerprint: string;
  /** All faces, largest first. Throws `FaceEngineUnavailableError`. */
  analyse(image: RgbImage, effort?: AnalysisEffort): Promise<readonly FaceGeometry[]>;
  /** Finds the faces of one stream of frames, much faster than each by itself. Throws as `analyse`. */
  follow(): FaceFollower;
  /** The one face of an identity-card photo. Throws `FaceEngineUnavailableError`. */
  analysePortrait(image: RgbImage): Promise<PortraitAnalysis>;
  /** The face's descriptor, 128 numbers. Throws `FaceEngineUnavailableError`. */
  describe(image: RgbImage, face: Pick<FaceGeometry, 'landmarks'>, effort?: DescriptionEffort): Promise<Float32Array>;
  /** The descriptors of several faces, a little faster than one after the other. Throws as `describe`. */
  describeEach(faces: readonly ShownFace[], effort?: DescriptionEffort): Promise<readonly Float32Array[]>;
  close(): Promise<void>;
}

/** Loads and warms up the models of a folder. Never rejects for a model that is missing or changed: see the states. */
export async function createFaceEngine({ modelFolder }: { readonly modelFolder: string }): Promise<FaceEngine> {
  // The largest first: the others fit into what its loading took for a moment and the allocator keeps.
  const recognition = await loadTested(modelFolder, 'face-recognition');
  const detector = await loadTested(modelFolder, 'blazeface');
  const mesh = await loadTested(modelFolder, 'facemesh');
  const sampler = samplerState();
  const analysis = firstProblem([sampler, detector, mesh]);
  const comparison = firstProblem([sampler, detector, mesh, recognition]);
  const nets = (): AnalysisNets => ({ detector: requireNet(detector), mesh: requireNet(mesh) });
  return {
    analysis,
    comparison,
    fingerprint: pipelineFingerprint,
    analyse: async (image, effort = 'live') => analysePicture(nets(), image, effort),
    follow: () => followFaces(nets),
    analysePortrait: async (image) => analyseCardPortrait(nets(), image),
    describe: async (image, { landmarks }, effort = 'quick') => {
      const [descriptor] = await describeFaces(requireNet(recognition), [{ image, landmarks }], effort);
      return descriptor!;
    },
    describeEach: async (faces, effort = 'quick') => describeFaces(requireNet(recognition), faces, effort),
    close: async () => {
      for (const model of [detector, mesh, recognition]) if (model.kind === 'ready') await model.net.close();
    },
  };
}

/** A runtime that computes wrongly must not decide about people. */
async function loadTested(folder: string, name: TestedModel): Promise<LoadedModel> {
  const model = await loadModel(folder, name);
  if (model.kind === 'unavailable' || (await passesSelfTest(name, model.net))) return model;
  await model.net.close();
  return { kind: 'unavailable', model: name, problem: 'self-test-failed' };
}

/** What the nets are given is read by a program of its own, without which none of them is of use. */
function samplerState(): EngineState {
  const problem = samplerProblem();
  return problem === undefined ? { kind: 'ready' } : { kind: 'unavailable', model: 'sampler', problem };
}

function firstProblem(parts: readonly (LoadedModel | EngineState)[]): EngineState {
  return parts.find((part) => part.kind === 'unavailable') ?? { kind: 'ready' };
}

function requireNet(model: LoadedModel): Net {
  if (model.kind === 'ready') return model.net;
  throw new FaceEngineUnavailableError(`the model ${model.model} is unavailable: ${model.problem}`);
}
