import { type StationHandlers, stationHandlers } from './station/handlers.ts';
import { RunningStation, type StationOptions } from './station/running-station.ts';
import type { SystemEvent } from './rpc/shell-link.ts';
import { openParts, type StationParts } from './station/station-parts.ts';

/** A running station. */
export interface Station {
  readonly handlers: StationHandlers;
  readonly addresses: { readonly practiceControl?: string; readonly sandbox?: string };
  /** Tells the present state of everything, for screens that may have missed something. */
  publishEverything(): void;
  systemEvent(event: SystemEvent): void;
  /** Somebody uses the station: what takes long to open is opened before it is needed. */
  inUse(): void;
  close(): Promise<void>;
}

/** From the first call of a page, whose first screen then stands even on a slow desk, and no camera has a picture yet. */
const modelsAfterMs = 1500;

/** Opens the face models in good time. Nobody waits for them at the start, of which they took two fifths. */
function modelsInGoodTime({ openModels }: Pick<StationParts, 'openModels'>) {
  let timer: NodeJS.Timeout | undefined;
  return {
    begin: () => void (timer ??= setTimeout(() => void openModels(), modelsAfterMs)),
    end: () => clearTimeout(timer),
  };
}

/** Opens the station: its files, the reader, the face engine and the link to the platform. Rejects with a `store.*` code. */
export async function openStation(options: StationOptions): Promise<Station> {
  const parts = await openParts(options);
  try {
    const station = new RunningStation(options, parts);
    station.start();
    const models = modelsInGoodTime(parts);
    void parts.facesOpened.then(() => parts.faceTrouble && station.publishStatus());
    return {
      handlers: stationHandlers(station),
      addresses: parts.practice?.addresses ?? {},
      publishEverything: () => station.publishEverything(),
      systemEvent: (event) => station.systemEvent(event),
      inUse: models.begin,
      close: () => {
        models.end();
        return station.close();
      },
    };
  } catch (cause) {
    await parts.close();
    throw cause;
  }
}
