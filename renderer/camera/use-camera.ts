import { type RefObject, useEffect, useRef, useSyncExternalStore } from 'react';
import type { CameraSettings } from '../../native-bridge/contract/camera.ts';
import { camera, type CameraState } from './camera.ts';
import { lookEveryMs, PictureWatch, sampleOf } from './picture-watch.ts';

export function useCameraState(): CameraState {
  return useSyncExternalStore(camera.subscribe, camera.state);
}

export function useCameraSettings(): CameraSettings {
  return useSyncExternalStore(camera.subscribe, camera.settings);
}

/** Looks at the shown picture now and then: a camera may run and give nothing. */
function watchPicture(video: HTMLVideoElement, stream: MediaStream): () => void {
  const watch = new PictureWatch();
  const timer = setInterval(() => {
    const sample = sampleOf(video);
    if (sample !== undefined) camera.tellPicture(stream, watch.look(sample));
  }, lookEveryMs);
  return () => clearInterval(timer);
}

/** Holds the camera while the component is shown and gives its picture to the video element of the returned ref. */
export function useCameraPicture(): {
  readonly state: CameraState;
  readonly video: RefObject<HTMLVideoElement | null>;
} {
  const state = useCameraState();
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => camera.hold(), []);
  const stream = state.state === 'live' ? state.stream : undefined;
  useEffect(() => {
    const element = video.current;
    if (element === null || stream === undefined) return undefined;
    element.srcObject = stream;
    const unwatch = watchPicture(element, stream);
    return () => {
      unwatch();
      element.srcObject = null;
    };
  }, [stream]);
  return { state, video };
}
