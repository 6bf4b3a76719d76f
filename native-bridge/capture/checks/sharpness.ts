import type { FacePatch } from '../face-patch.ts';
import type { CheckDefinition } from './judge.ts';

/** Grey level to which the face's mean is brought, so that a dim face of the same detail counts the same. */
const REFERENCE_GREY = 128;

/**
 * Laplacian energy of the face at a fixed eye distance, in squared grey levels; at least the profile's floor and a share
 * of the session's best.
 */
export const sharpness: CheckDefinition = {
  name: 'sharpness',
  unit: 'level',
  measure: ({ patch, grey, history, profile }, { limit }) => {
    const value = laplacianEnergy(patch(), grey());
    if (value === undefined) return undefined;
    const ofBest = (history.bestSharpness ?? 0) * profile.guiding.sharpnessOfBest;
    return { value, limits: { ...limit, minimum: Math.max(limit.minimum ?? 0, ofBest) } };
  },
  prompt: () => 'hold-still',
};

function laplacianEnergy(patch: FacePatch | undefined, grey: Float32Array | undefined): number | undefined {
  if (patch === undefined || grey === undefined) return undefined;
  const total = { energy: 0, grey: 0, count: 0 };
  for (let y = 1; y < patch.height - 1; y += 1) addRow(patch, grey, y, total);
  if (total.count === 0) return undefined;
  const gain = REFERENCE_GREY / Math.max(1, total.grey / total.count);
  return (total.energy / total.count) * gain * gain;
}

/** Only pixels whose four neighbours all lie inside the hull count. */
function addRow(
  { width, spans }: FacePatch,
  grey: Float32Array,
  y: number,
  total: { energy: number; grey: number; count: number },
): void {
  const from = Math.max(spans[y * 2 - 2]!, spans[y * 2]! + 1, spans[y * 2 + 2]!);
  const to = Math.min(spans[y * 2 - 1]!, spans[y * 2 + 1]! - 1, spans[y * 2 + 3]!);
  for (let index = y * width + from; index < y * width + to; index += 1) {
    const centre = grey[index]!;
    const around = grey[index - 1]! + grey[index + 1]! + grey[index - width]! + grey[index + width]!;
    total.energy += (around - 4 * centre) ** 2;
    total.grey += centre;
  }
  total.count += Math.max(0, to - from);
}
