import { type StationHandlers, stationHandlers } from './station/handlers.ts';
import { RunningStation, type StationOptions } from './station/running-station.ts';
import type { SystemEvent } from './rpc/shell-link.ts';
import { openParts } from './station/station-parts.ts';

/** A running station. */
export interface Station {
  readonly handlers: StationHandlers;
  readonly addresses: { readonly practiceControl?: string; readonly sandbox?: string };
  /** Tells the present state of everything, for screens that may have missed something. */
  publishEverything(): void;
  systemEvent(event: SystemEvent): void;
  close(): Promise<void>;
}

/** Opens the station: its files, the reader, the face engine and the link to the platform. Rejects with a `store.*` code. */
export async function openStation(options: StationOptions): Promise<Station> {
  const parts = await openParts(options);
  try {
    const station = new RunningStation(options, parts);
    station.start();
    return {
      handlers: stationHandlers(station),
      addresses: parts.practice?.addresses ?? {},
      publishEverything: () => station.publishEverything(),
      systemEvent: (event) => station.systemEvent(event),
      close: () => station.close(),
    };
  } catch (cause) {
    await parts.close();
    throw cause;
  }
}
