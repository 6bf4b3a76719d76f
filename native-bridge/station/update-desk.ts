import type { updateCalls, UpdateOrder, UpdateState } from '../contract/update-calls.ts';
import type { Handlers } from '../rpc/server.ts';

export type UpdateHandlers = Pick<Handlers, keyof typeof updateCalls>;

/** The browser shell fetches nothing; Electron's tells what it does as soon as it serves anybody. */
const untilTold: UpdateState = { source: { kind: 'package', reason: 'browser-shell' }, work: { kind: 'resting' } };

interface Shell {
  readonly order: (order: UpdateOrder) => void;
  readonly onChanged: (state: UpdateState) => void;
}

/** Between the screens and the shell: what the shell told last of its updates, and what it is asked to do. */
export class UpdateDesk {
  readonly #shell: Shell;
  #state = untilTold;

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  get state(): UpdateState {
    return this.#state;
  }

  told(state: UpdateState): void {
    this.#state = state;
    this.#shell.onChanged(state);
  }

  handlers(): UpdateHandlers {
    const asked = (order: UpdateOrder) => async () => {
      this.#shell.order(order);
      return {};
    };
    return {
      'updates.state': async () => this.#state,
      'updates.look': asked('look'),
      'updates.cancel': asked('cancel'),
    };
  }
}
