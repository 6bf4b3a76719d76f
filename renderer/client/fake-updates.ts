import type { updateCalls, UpdateState } from '../../native-bridge/contract/update-calls.ts';
import type { Argument, EventName, Payload, Result } from '../../native-bridge/contract/station.ts';

type Calls = typeof updateCalls;
type Handlers = { readonly [N in keyof Calls]: (argument: Argument<N>) => Result<N> };
type Emit = <N extends EventName>(name: N, payload: Payload<N>) => void;

/** Updates of the scripted station: they move by the buttons alone. */
export class FakeUpdates {
  state: UpdateState = { source: { kind: 'package', reason: 'browser-shell' }, work: { kind: 'resting' } };
  readonly #emit: Emit;

  constructor(emit: Emit) {
    this.#emit = emit;
  }

  readonly handlers: Handlers = {
    'updates.state': () => this.state,
    'updates.look': () => this.#now({ work: { kind: 'looking' } }),
    'updates.cancel': () => {
      const version = this.state.work.kind === 'fetching' ? this.state.work.version : '';
      const lastLook = { at: new Date().toISOString(), outcome: 'cancelled', version } as const;
      return this.#now({ work: { kind: 'resting' }, lastLook });
    },
  };

  #now(part: Partial<UpdateState>): Result<'updates.look'> {
    this.state = { ...this.state, ...part };
    this.#emit('updates.changed', this.state);
    return {};
  }
}
