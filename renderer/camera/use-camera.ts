import { type RefObject, useEffect, useRef, useSyncExternalStore } from 'react';
import type { CameraSettings } from '../../native-bridge/contract/camera.ts';
import { camera, type CameraState } from './camera.ts';
import { lookEveryMs, PictureWatch, sampleOf } from './picture-watch.ts';
import { VideoReader } from './video-reader.ts';

export function useCameraState(): CameraState {
  return useSyncExternalStore(camera.subscribe, camera.state);
}

export function useCameraSettings(): CameraSettings {
  return useSyncExternalStore(camera.subscribe, camera.settings);
}

/** Looks at the shown picture now and then: a camera may run and give nothing. */
function watchPicture(video: HTMLVideoElement, stream: MediaStream): () => void {
  const watch = new PictureWatch();
  const reader = new VideoReader(video);
  const timer = setInterval(() => {
    if (video.videoWidth === 0) return;
    const look = reader.read().then((picture) => camera.tellPicture(stream, watch.look(sampleOf(picture))));
    // Between two cameras a video has no picture for a moment; the next look comes soon.
    look.catch(() => undefined);
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
