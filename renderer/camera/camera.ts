import type { ErrorCode } from '../../native-bridge/contract/errors.ts';

/** The camera as the screen shows it. Trouble is a state with a way out; none of them needs a restart. */
export type CameraTrouble = 'denied' | 'absent' | 'busy' | 'lost';
export type CameraState =
  { readonly state: 'off' | 'starting' | CameraTrouble } | { readonly state: 'live'; readonly stream: MediaStream };

const troubles: readonly string[] = ['denied', 'absent', 'busy', 'lost'] satisfies CameraTrouble[];

export function cameraTroubleCode({ state }: CameraState): Extract<ErrorCode, `camera.${string}`> | undefined {
  return troubles.includes(state) ? `camera.${state as CameraTrouble}` : undefined;
}

/** What the browser calls the reasons for not giving a camera (W3C Media Capture and Streams, 10.2). */
export function troubleOf(cause: unknown): CameraTrouble {
  const name = cause instanceof Error ? cause.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'absent';
  return 'busy';
}

const constraints: MediaStreamConstraints = {
  audio: false,
  video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
};

/** The desk's one camera. It is open while somebody holds it, and opens again by itself when a lost one comes back. */
class Camera {
  #state: CameraState = { state: 'off' };
  #holders = 0;
  #listeners = new Set<() => void>();
  #watching = false;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): CameraState => this.#state;

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

  /** Tries again after trouble. */
  readonly retry = (): void => {
    if (this.#state.state !== 'live') void this.#open();
  };

  async #open(): Promise<void> {
    if (this.#state.state === 'live' || this.#state.state === 'starting') return;
    this.#watch();
    this.#become({ state: 'starting' });
    try {
      this.#take(await navigator.mediaDevices.getUserMedia(constraints));
    } catch (cause) {
      this.#become({ state: troubleOf(cause) });
    }
    this.#closeWithoutHolders();
  }

  #take(stream: MediaStream): void {
    for (const track of stream.getVideoTracks()) {
      track.addEventListener('ended', () => this.#lose(stream));
    }
    this.#become({ state: 'live', stream });
  }

  #lose(stream: MediaStream): void {
    if (this.#state.state === 'live' && this.#state.stream === stream) this.#become({ state: 'lost' });
  }

  #closeWithoutHolders(): void {
    if (this.#holders > 0 || this.#state.state === 'starting') return;
    if (this.#state.state === 'live') for (const track of this.#state.stream.getTracks()) track.stop();
    if (this.#state.state !== 'off') this.#become({ state: 'off' });
  }

  /** A camera that is plugged in, freed or allowed later is noticed without the operator. */
  #watch(): void {
    if (this.#watching) return;
    this.#watching = true;
    navigator.mediaDevices.addEventListener('devicechange', () => this.#reopen());
    navigator.permissions
      ?.query({ name: 'camera' })
      .then((permission) => permission.addEventListener('change', () => this.#reopen()))
      .catch(() => undefined);
  }

  #reopen(): void {
    if (this.#holders > 0 && cameraTroubleCode(this.#state) !== undefined) void this.#open();
  }

  #become(state: CameraState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

export const camera = new Camera();
