import { type PrinterTest, printerTestSchema, type printerCalls } from '../contract/printer-calls.ts';
import type { Handlers } from '../rpc/server.ts';
import type { Settings } from '../store/settings.ts';

const settingsKey = 'printer-test';

/** What was last said of the printer's test page, for the self-examination and for support. */
export const lastPrinterTest = (settings: Settings): PrinterTest | undefined =>
  settings.get(settingsKey, printerTestSchema);

export function printerHandlers(settings: Settings): Pick<Handlers, keyof typeof printerCalls> {
  const state = () => {
    const last = lastPrinterTest(settings);
    return last === undefined ? {} : { last };
  };
  return {
    'printer.state': async () => state(),
    'printer.note-test': async ({ faults }) => {
      settings.set(settingsKey, { at: new Date().toISOString(), faults });
      return state();
    },
  };
}
