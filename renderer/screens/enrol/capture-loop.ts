import type { CameraInUse } from '../../../native-bridge/contract/camera.ts';
import type { Guidance } from '../../../native-bridge/contract/capture.ts';
import type { StationClient } from '../../../native-bridge/contract/client.ts';
import { asStationError, type ErrorCode, StationError } from '../../../native-bridge/contract/errors.ts';

/** What one run of the camera step needs from the page; replaced in tests. */
export interface CaptureSource {
  /** Resolves when there is a picture that was not sent yet, or when the run ends. */
  readonly nextPicture: (signal: AbortSignal) => Promise<void>;
  /** Rejects where the picture cannot be read. */
  readonly grab: () => Promise<Uint8Array>;
  /** The camera that the pictures come from. */
  readonly camera?: () => CameraInUse | undefined;
}

export interface CaptureListener {
  readonly guidance: (guidance: Guidance) => void;
  readonly trouble: (code: ErrorCode) => void;
  /** The automatic shot is complete; resolves to whether the enrolment has its photo. */
  readonly shot: () => Promise<boolean>;
}

/** Rest after trouble before the next frame, so that a fault does not turn into a flood; milliseconds. */
const restMs = 400;

const rest = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, restMs);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/**
 * A video that has just begun announces pictures a moment before they can be read. Nobody is told of so few in a row:
 * every start of a camera would look like a fault.
 */
const silentlyMissed = 8;

/** Pictures of the source, without those that could not be read; undefined for such a one. */
function readingOf(source: CaptureSource): () => Promise<Uint8Array | undefined> {
  let missed = 0;
  return async () => {
    try {
      const jpeg = await source.grab();
      missed = 0;
      return jpeg;
    } catch (cause) {
      missed += 1;
      if (missed > silentlyMissed) throw new StationError('capture.bad-picture', undefined, { cause });
      return undefined;
    }
  };
}

/**
 * Sends camera pictures to the station, each only after the answer to the one before, until `signal` ends or the
 * photo is taken. The station is asked to close its side in the end. Never rejects: trouble goes to the listener and
 * the run goes on with a fresh start.
 */
export async function runCapture(
  client: StationClient,
  source: CaptureSource,
  listener: CaptureListener,
  signal: AbortSignal,
): Promise<void> {
  const read = readingOf(source);
  let sequence = 0;
  let open = false;
  while (!signal.aborted) {
    try {
      const camera = source.camera?.();
      if (!open) await client.call('capture.open', camera === undefined ? {} : { camera });
      open = true;
      await source.nextPicture(signal);
      if (signal.aborted) break;
      const jpeg = await read();
      if (jpeg === undefined) continue;
      const guidance = await client.call('capture.frame', { sequence: sequence++, jpeg });
      if (signal.aborted) break;
      listener.guidance(guidance);
      if (guidance.shot && (await listener.shot())) break;
    } catch (cause) {
      const { code } = asStationError(cause);
      open = code !== 'capture.not-open' && code !== 'rpc.closed';
      if (!signal.aborted) listener.trouble(code);
      await rest(signal);
    }
  }
  await client.call('capture.close', {}).catch(() => undefined);
}
