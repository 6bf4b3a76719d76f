import type { printerCalls, PrinterTest } from '../../native-bridge/contract/printer-calls.ts';
import type { Argument, Result } from '../../native-bridge/contract/station.ts';

type Calls = typeof printerCalls;

/** The printer of the scripted station. */
export class FakePrinter {
  last: PrinterTest | undefined;

  readonly handlers: { readonly [N in keyof Calls]: (argument: Argument<N>) => Result<N> } = {
    'printer.state': () => this.#state(),
    'printer.note-test': ({ faults }) => {
      this.last = { at: new Date().toISOString(), faults };
      return this.#state();
    },
  };

  #state(): Result<'printer.state'> {
    return this.last === undefined ? {} : { last: this.last };
  }
}
