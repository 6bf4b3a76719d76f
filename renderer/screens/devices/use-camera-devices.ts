import { useEffect, useState } from 'react';
import type { CameraInUse, CameraSettings } from '../../../native-bridge/contract/camera.ts';
import { camera, type CameraState } from '../../camera/camera.ts';
import { type CameraControl, controlsOf } from '../../camera/camera-controls.ts';
import { listCameras } from '../../camera/open-camera.ts';
import { useCameraSettings } from '../../camera/use-camera.ts';
import { useClient } from '../../client/station-context.tsx';
import { useAction } from '../../components/action.ts';

/** The camera that is open, as it really works, and what can be adjusted on it. */
export interface OpenCamera {
  readonly camera: CameraInUse | undefined;
  readonly controls: readonly CameraControl[];
}

function openCameraOf(state: CameraState): OpenCamera {
  if (state.state !== 'live') return { camera: undefined, controls: [] };
  const [track] = state.stream.getVideoTracks();
  const controls = track === undefined ? [] : controlsOf({ ...track.getCapabilities() }, { ...track.getSettings() });
  return { camera: camera.inUse(), controls };
}

/** Names of the cameras that are there; asked for anew when one comes or goes, and when the page may see the names. */
function useLabels(state: CameraState['state']): readonly string[] {
  const [labels, setLabels] = useState<readonly string[]>([]);
  useEffect(() => {
    const ask = () =>
      void listCameras().then((cameras) =>
        setLabels(cameras.map(({ label }) => label).filter((label) => label !== '')),
      );
    ask();
    navigator.mediaDevices.addEventListener('devicechange', ask);
    return () => navigator.mediaDevices.removeEventListener('devicechange', ask);
  }, [state]);
  return labels;
}

/** The cameras that are there or are paired, the settings, and how to change them. */
export function useCameraDevices(state: CameraState) {
  const client = useClient();
  const act = useAction();
  const settings = useCameraSettings();
  const labels = useLabels(state.state);
  const change = (part: Partial<CameraSettings>) =>
    void act(async () => camera.use(await client.call('camera.set', { ...settings, ...part })));
  return { labels: [...new Set([...labels, ...settings.paired])], settings, open: openCameraOf(state), change };
}
