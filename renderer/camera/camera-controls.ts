import {
  cameraControlNames,
  type CameraControlName,
  type CameraSettings,
} from '../../native-bridge/contract/camera.ts';

/** An adjustment that a camera has: one of some modes, or a number in a range. */
export type CameraControl =
  | {
      readonly name: CameraControlName;
      readonly kind: 'mode';
      readonly modes: readonly string[];
      readonly value: string;
    }
  | {
      readonly name: CameraControlName;
      readonly kind: 'range';
      readonly minimum: number;
      readonly maximum: number;
      readonly step: number;
      readonly value: number;
    };

type Known = Readonly<Record<string, unknown>>;

/** The adjustments of a track, from what it can and what it has; none for one that tells nothing. */
export function controlsOf(capabilities: Known, present: Known): readonly CameraControl[] {
  return cameraControlNames.flatMap((name) => controlOf(name, capabilities[name], present[name]) ?? []);
}

function controlOf(name: CameraControlName, capability: unknown, value: unknown): CameraControl | undefined {
  if (Array.isArray(capability)) {
    const modes = capability.filter((mode) => typeof mode === 'string');
    // With a single mode there is nothing to choose.
    return modes.length > 1 && typeof value === 'string' ? { name, kind: 'mode', modes, value } : undefined;
  }
  if (typeof capability !== 'object' || capability === null || typeof value !== 'number') return undefined;
  const { min, max, step } = capability as Known;
  if (typeof min !== 'number' || typeof max !== 'number' || max <= min) return undefined;
  return {
    name,
    kind: 'range',
    minimum: min,
    maximum: max,
    step: typeof step === 'number' && step > 0 ? step : 1,
    value,
  };
}

/** Sets the camera's own adjustments; what a camera does not have, or refuses, is left as it is. */
export async function applyControls(stream: MediaStream, controls: CameraSettings['controls']): Promise<void> {
  const [track] = stream.getVideoTracks();
  // Modes first: a camera takes an exposure time only while it is not measuring by itself.
  const names = cameraControlNames.toSorted((a, b) => Number(b.endsWith('Mode')) - Number(a.endsWith('Mode')));
  for (const name of names) {
    const value = controls[name];
    if (value === undefined || track === undefined) continue;
    // The names are newer than the browser's type.
    const wanted = { advanced: [{ [name]: value }] } as MediaTrackConstraints;
    await track.applyConstraints(wanted).catch(() => undefined);
  }
}
