import { type CameraInUse, type CameraSettings, defaultCameraSettings } from '../../native-bridge/contract/camera.ts';
import type { StationClient } from '../../native-bridge/contract/client.ts';
import type { ErrorCode } from '../../native-bridge/contract/errors.ts';
import { isOpenDesk } from '../client/station-state.ts';
import { CameraRefusedError, openCamera, stop } from './open-camera.ts';
import type { PictureState } from './picture-watch.ts';

/** The camera as the screen shows it. Trouble is a state with a way out; none of them needs a restart. */
export type CameraTrouble = 'denied' | 'absent' | 'busy' | 'lost' | 'virtual' | 'not-paired';
export type CameraState =
  | { readonly state: 'off' | 'starting' | CameraTrouble }
  | { readonly state: 'live'; readonly stream: MediaStream; readonly picture: PictureState };

/** What is wrong with the camera, or with the picture of one that runs; `undefined` while nothing is. */
export function cameraTroubleName(state: CameraState): CameraTrouble | Exclude<PictureState, 'good'> | undefined {
  if (state.state === 'live') return state.picture === 'good' ? undefined : state.picture;
  return state.state === 'off' || state.state === 'starting' ? undefined : state.state;
}

export function cameraTroubleCode(state: CameraState): Extract<ErrorCode, `camera.${string}`> | undefined {
  const name = cameraTroubleName(state);
  return name && `camera.${name}`;
}

/** What the browser calls the reasons for not giving a camera (W3C Media Capture and Streams, 10.2). */
export function troubleOf(cause: unknown): CameraTrouble {
  if (cause instanceof CameraRefusedError) return cause.reason;
  const name = cause instanceof Error ? cause.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'absent';
  return 'busy';
}

/** The desk's one camera. It is open while somebody holds it, and opens again by itself when a lost one comes back. */
class Camera {
  #state: CameraState = { state: 'off' };
  #settings: CameraSettings = defaultCameraSettings;
  #holders = 0;
  #listeners = new Set<() => void>();
  #watching = false;
  #isStale = false;
  /** Resolves when it is known which camera may be used. */
  #known: Promise<unknown> = Promise.resolve();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): CameraState => this.#state;

  readonly settings = (): CameraSettings => this.#settings;

  /** Takes over the station's settings with each connection and each sign-in; until the first, no camera is opened. */
  follow(client: StationClient): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#known = promise;
    const ask = () => {
      const asked = client.call('camera.settings', {}).then((settings) => this.use(settings));
      // A station that does not answer says so elsewhere, a locked one tells nothing; the next time asks again.
      asked.then(resolve).catch(() => undefined);
    };
    client.onConnection((connected) => connected && ask());
    client.on('account.changed', (account) => isOpenDesk(account) && ask());
  }

  /** Changes what is used and how; a camera that is open is opened anew. */
  use(settings: CameraSettings): void {
    if (JSON.stringify(settings) === JSON.stringify(this.#settings)) return;
    this.#settings = settings;
    if (this.#state.state === 'starting') this.#isStale = true;
    else if (this.#state.state !== 'off') this.#reopen();
    this.#tell();
  }

  /** The open camera as it really works. */
  inUse(): CameraInUse | undefined {
    if (this.#state.state !== 'live') return undefined;
    const [track] = this.#state.stream.getVideoTracks();
    if (track === undefined) return undefined;
    const { width = 0, height = 0, frameRate } = track.getSettings();
    const camera = { label: track.label.slice(0, 200), width, height };
    return frameRate === undefined ? camera : { ...camera, framesPerSecond: frameRate };
  }

  /** Asks for the camera; it is closed when the last holder has called the returned function. */
  hold(): () => void {
    this.#holders += 1;
    void this.#open();
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#holders -= 1;
      // A holder that follows at once (the next picture, the next worker) keeps the picture running.
      queueMicrotask(() => this.#closeWithoutHolders());
    };
  }

  /** Tries again after trouble, also where the camera runs but its picture is none. */
  readonly retry = (): void => {
    if (this.#state.state !== 'live') void this.#open();
    else if (this.#state.picture !== 'good') this.#reopen();
  };

  /** What somebody who shows the picture sees of it. */
  tellPicture(stream: MediaStream, picture: PictureState): void {
    if (this.#state.state !== 'live' || this.#state.stream !== stream || this.#state.picture === picture) return;
    this.#become({ ...this.#state, picture });
  }

  async #open(): Promise<void> {
    if (this.#state.state === 'live' || this.#state.state === 'starting') return;
    this.#watch();
    this.#become({ state: 'starting' });
    try {
      await this.#known;
      this.#isStale = false;
      this.#take(await openCamera(this.#settings));
    } catch (cause) {
      this.#become({ state: troubleOf(cause) });
    }
    this.#closeWithoutHolders();
    if (this.#isStale) this.#reopen();
  }

  #take(stream: MediaStream): void {
    for (const track of stream.getVideoTracks()) {
      track.addEventListener('ended', () => this.#lose(stream));
    }
    this.#become({ state: 'live', stream, picture: 'good' });
  }

  #lose(stream: MediaStream): void {
    if (this.#state.state === 'live' && this.#state.stream === stream) this.#become({ state: 'lost' });
  }

  #closeWithoutHolders(): void {
    if (this.#holders > 0 || this.#state.state === 'starting') return;
    if (this.#state.state === 'live') stop(this.#state.stream);
    if (this.#state.state !== 'off') this.#become({ state: 'off' });
  }

  /** A camera that is plugged in, freed or allowed later is noticed without the operator. */
  #watch(): void {
    if (this.#watching) return;
    this.#watching = true;
    const openLost = (): void => {
      if (this.#state.state !== 'live' && cameraTroubleCode(this.#state) !== undefined) this.#reopen();
      else this.#tell();
    };
    navigator.mediaDevices.addEventListener('devicechange', openLost);
    navigator.permissions
      ?.query({ name: 'camera' })
      .then((permission) => permission.addEventListener('change', openLost))
      .catch(() => undefined);
  }

  #reopen(): void {
    this.#isStale = false;
    if (this.#holders === 0) return;
    if (this.#state.state === 'live') stop(this.#state.stream);
    if (this.#state.state === 'starting') return;
    this.#state = { state: 'off' };
    void this.#open();
  }

  #become(state: CameraState): void {
    this.#state = state;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

export const camera = new Camera();
