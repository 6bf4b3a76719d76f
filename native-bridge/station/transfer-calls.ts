import type { transferCalls } from '../contract/transfer-calls.ts';
import type { Handlers } from '../rpc/server.ts';
import { makePassphrase } from '../store/transfer/key-wrap.ts';
import type { TransferDesk } from './transfer-desk.ts';

export function transferHandlers(desk: TransferDesk): Pick<Handlers, keyof typeof transferCalls> {
  return {
    'transfer.state': async () => desk.state(),
    'transfer.rename': async ({ name }) => {
      desk.rename(name);
      return desk.state();
    },
    'transfer.trust': async ({ code }) => {
      desk.trust(code);
      return desk.state();
    },
    'transfer.places': async () => ({ places: await desk.places() }),
    'transfer.set-folder': async ({ folder }) => {
      await desk.setFolder(folder);
      return { places: await desk.places() };
    },
    'transfer.preview': async (argument) => desk.preview(argument),
    'transfer.passphrase': async () => ({ passphrase: makePassphrase() }),
    'transfer.export': (argument) => desk.export(argument),
    'transfer.resume': (argument) => desk.resume(argument),
    'transfer.import': (argument) => desk.import(argument),
    'transfer.stop': async () => {
      desk.stop();
      return {};
    },
    'transfer.cancel': async () => {
      desk.cancel();
      return {};
    },
    'transfer.inspect': (argument) => desk.inspect(argument),
    'transfer.list': async () => ({ transfers: desk.list() }),
    'transfer.take-back': async ({ id }) => ({ records: await desk.takeBack(id) }),
    'transfer.conflicts': async () => ({ conflicts: desk.conflicts() }),
    'transfer.settle-conflict': async (argument) => {
      desk.settleConflict(argument);
      return {};
    },
  };
}
