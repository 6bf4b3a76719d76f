import { type RefObject, useEffect, useEffectEvent, useState } from 'react';
import type { Guidance } from '../../../native-bridge/contract/capture.ts';
import type { ErrorCode } from '../../../native-bridge/contract/errors.ts';
import { camera } from '../../camera/camera.ts';
import { FrameGrabber, nextPicture } from '../../camera/frame.ts';
import { useClient, useStationState } from '../../client/station-context.tsx';
import { runCapture } from './capture-loop.ts';

export interface Capture {
  readonly guidance?: Guidance;
  /** The best frames as last told; an answer without them means that they did not change. */
  readonly best: readonly Uint8Array[];
  readonly trouble?: ErrorCode;
}

const nothing: Capture = { best: [] };

/** One run at a time: a run that ends closes the station's side, which must not hit the run after it. */
let lastRun: Promise<void> = Promise.resolve();

/** Sends the video's pictures to the station while `enabled`, and tells what the station makes of them. */
export function useCapture(video: RefObject<HTMLVideoElement | null>, enabled: boolean): Capture {
  const client = useClient();
  const station = useStationState();
  const [capture, setCapture] = useState(nothing);
  const shot = useEffectEvent(async () => (await station.refreshEnrolment())?.draft.photo !== undefined);
  useEffect(() => {
    const element = video.current;
    if (!enabled || element === null) return undefined;
    const controller = new AbortController();
    const grabber = new FrameGrabber(element);
    const source = {
      nextPicture: (signal: AbortSignal) => nextPicture(element, signal),
      grab: () => grabber.grab({ rotation: camera.settings().rotation }),
      camera: () => camera.inUse(),
    };
    const listener = {
      guidance: (guidance: Guidance) => setCapture(({ best }) => ({ guidance, best: guidance.best ?? best })),
      trouble: (trouble: ErrorCode) => setCapture((before) => ({ ...before, trouble })),
      shot: () => shot(),
    };
    lastRun = lastRun.then(() => runCapture(client, source, listener, controller.signal));
    return () => {
      controller.abort();
      setCapture(nothing);
    };
  }, [video, enabled, client]);
  return capture;
}
