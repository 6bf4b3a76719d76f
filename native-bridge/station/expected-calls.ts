import type { expectedCalls } from '../contract/expected-calls.ts';
import type { Handlers } from '../rpc/server.ts';
import type { RunningStation } from './running-station.ts';

/** Calls about lists from spreadsheets and whole-team mode. */
export function expectedHandlers({ lists }: RunningStation): Pick<Handlers, keyof typeof expectedCalls> {
  const { expected, teamLists, workbooks } = lists;
  return {
    'expected.view': async () => expected.view(),
    'expected.set-mode': async (mode) => {
      expected.mode = mode;
      return {};
    },
    'expected.template': () => expected.template(),
    'expected.read': ({ file }) => expected.read(file),
    'expected.take': async ({ id }) => ({ taken: expected.take(id) }),
    'expected.settle': async ({ id, samePerson }) => {
      expected.settle(id, samePerson);
      return {};
    },
    'expected.remove': async ({ id }) => {
      expected.remove(id);
      return {};
    },
    'expected.export': () => expected.exported(),
    'team.template': () => teamLists.template(),
    'team.read-list': ({ file }) => teamLists.read(file),
    'team.take-list': async ({ id }) => ({ taken: teamLists.take(id) }),
    'workbook.state': async () => workbooks.state,
    'workbook.cancel': async () => {
      workbooks.cancel();
      return {};
    },
  };
}
