import type { Argument, CallName, EventName, Payload, Result } from './station.ts';

/**
 * The station as its screens see it; both shells hand the renderer one of these.
 *
 * `call` rejects with a `StationError` whose code is of the closed set. `connection` tells whether the station can be
 * reached now; after `connected` the current states are to be asked for again, since events may have been missed.
 */
export interface StationClient {
  call<N extends CallName>(name: N, argument: Argument<N>): Promise<Result<N>>;
  on<N extends EventName>(name: N, listener: (payload: Payload<N>) => void): () => void;
  onConnection(listener: (connected: boolean) => void): () => void;
}
