import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelCatalogue } from './model-catalogue.ts';
import type { ModelName } from './model-catalogue.ts';
import modelFingerprints from './model-fingerprints.json' with { type: 'json' };
import { openNet } from './net.ts';
import type { Net } from './net.ts';

export type { ModelName } from './model-catalogue.ts';

/**
 * Why a model cannot be used: its file is missing, is not the pinned one, the runtime refuses it, or it computes
 * something else on this machine than it should.
 */
export type ModelProblem = 'missing' | 'fingerprint-mismatch' | 'cannot-load' | 'self-test-failed';

export type LoadedModel =
  | { readonly kind: 'ready'; readonly net: Net }
  | { readonly kind: 'unavailable'; readonly model: ModelName; readonly problem: ModelProblem };

/** SHA-256 of the model file that limits and tests were measured with. */
export function pinnedFingerprint(name: ModelName): string {
  return modelFingerprints[name];
}

/** Opens one model of the folder after checking that its file is the pinned one. */
export async function loadModel(folder: string, name: ModelName): Promise<LoadedModel> {
  const unavailable = (problem: ModelProblem): LoadedModel => ({ kind: 'unavailable', model: name, problem });
  const bytes = await readFile(join(folder, `${name}.onnx`)).catch(() => undefined);
  if (!bytes) return unavailable('missing');
  if (createHash('sha256').update(bytes).digest('hex') !== pinnedFingerprint(name)) {
    return unavailable('fingerprint-mismatch');
  }
  const [, channels, edge] = modelCatalogue[name].input.shape;
  const opened = openNet(bytes, edge, channels).then(
    (net): LoadedModel => ({ kind: 'ready', net }),
    () => unavailable('cannot-load'),
  );
  return opened.finally(() => release(bytes));
}

/** The runtime keeps its own copy; the file's bytes would stay until a collection that may be long in coming. */
function release({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): void {
  if (byteOffset === 0 && byteLength === buffer.byteLength) buffer.transfer(0);
}
