import { type RefObject, useEffect, useRef, useSyncExternalStore } from 'react';
import { camera, type CameraState } from './camera.ts';

export function useCameraState(): CameraState {
  return useSyncExternalStore(camera.subscribe, camera.state);
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
    return () => {
      element.srcObject = null;
    };
  }, [stream]);
  return { state, video };
}
