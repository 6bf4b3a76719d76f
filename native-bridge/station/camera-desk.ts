import { isDeepStrictEqual } from 'node:util';
import {
  type CameraInUse,
  cameraRefusal,
  type CameraSettings,
  cameraSettingsSchema,
  defaultCameraSettings,
} from '../contract/camera.ts';
import { StationError } from '../contract/errors.ts';
import type { Handlers } from '../rpc/server.ts';
import type { Store } from '../store/open-store.ts';

const settingsKey = 'camera';

/** Which camera the desk uses and how; the page opens it, and the station refuses another. */
export class CameraDesk {
  readonly #store: Pick<Store, 'settings' | 'audit'>;
  readonly #operator: () => string;

  constructor(store: Pick<Store, 'settings' | 'audit'>, operator: () => string) {
    this.#store = store;
    this.#operator = operator;
  }

  get settings(): CameraSettings {
    return this.#store.settings.get(settingsKey, cameraSettingsSchema) ?? defaultCameraSettings;
  }

  /** A change of the allow-list goes into the trail. */
  set(settings: CameraSettings): void {
    const { paired } = this.settings;
    this.#store.settings.set(settingsKey, { ...settings });
    if (isDeepStrictEqual(paired, settings.paired)) return;
    const detail = { paired: settings.paired };
    this.#store.audit.append({ action: 'camera.paired', subject: 'station', actor: this.#operator(), detail });
  }

  /** Throws `camera.virtual` or `camera.not-paired`; a page that does not name its camera is refused while some are paired. */
  demandAllowed(camera: CameraInUse | undefined): void {
    const { settings } = this;
    const refusal = camera === undefined ? undefined : cameraRefusal(camera.label, settings);
    if (refusal !== undefined) throw new StationError(`camera.${refusal}`);
    if (camera === undefined && settings.paired.length > 0) throw new StationError('camera.not-paired');
  }
}

/** The calls about the desk's camera. */
export function cameraHandlers(cameras: CameraDesk): Pick<Handlers, 'camera.settings' | 'camera.set'> {
  return {
    'camera.settings': async () => cameras.settings,
    'camera.set': async (settings) => {
      cameras.set(settings);
      return cameras.settings;
    },
  };
}
