import { cameraRefusal, type CameraSettings } from '../../native-bridge/contract/camera.ts';
import { applyControls } from './camera-controls.ts';
import { chooseCamera, type NamedCamera } from './choose-camera.ts';

/** Thrown where the cameras that are there may not be used. */
export class CameraRefusedError extends Error {
  readonly reason: 'virtual' | 'not-paired';

  constructor(reason: 'virtual' | 'not-paired') {
    super(reason);
    this.reason = reason;
  }
}

/** All cameras as the browser names them. */
export async function listCameras(): Promise<readonly NamedCamera[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter(({ kind }) => kind === 'videoinput').map(({ deviceId, label }) => ({ deviceId, label }));
}

function constraintsOf({ size, framesPerSecond }: CameraSettings, deviceId?: string): MediaStreamConstraints {
  const [width, height] = size.split('x').map(Number);
  return {
    audio: false,
    video: {
      ...(deviceId !== undefined && { deviceId: { exact: deviceId } }),
      ...(width !== undefined && { width: { ideal: width } }),
      ...(height !== undefined && { height: { ideal: height } }),
      frameRate: { ideal: framesPerSecond },
    },
  };
}

export function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

async function openChosen(settings: CameraSettings): Promise<MediaStream> {
  const choice = chooseCamera(await listCameras(), settings);
  if (choice.kind === 'refused') throw new CameraRefusedError(choice.reason);
  return navigator.mediaDevices.getUserMedia(
    constraintsOf(settings, choice.kind === 'device' ? choice.deviceId : undefined),
  );
}

const refusalOf = (stream: MediaStream, settings: CameraSettings) =>
  cameraRefusal(stream.getVideoTracks()[0]?.label ?? '', settings);

/**
 * Opens the desk's camera. Before the page was allowed a camera no names are known; if the one that the browser gave may
 * not be used, the others are looked at then. Throws the browser's errors and `CameraRefusedError`.
 */
export async function openCamera(settings: CameraSettings): Promise<MediaStream> {
  let stream = await openChosen(settings);
  if (refusalOf(stream, settings) !== undefined) {
    stop(stream);
    stream = await openChosen(settings);
  }
  const refusal = refusalOf(stream, settings);
  if (refusal !== undefined) {
    stop(stream);
    throw new CameraRefusedError(refusal);
  }
  await applyControls(stream, settings.controls);
  return stream;
}
