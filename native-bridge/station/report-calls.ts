import { StationError } from '../contract/errors.ts';
import type { reportCalls } from '../contract/report-calls.ts';
import type { Handlers } from '../rpc/server.ts';
import type { RunningStation } from './running-station.ts';

/** Calls about what is reported of enrolled workers. */
export function reportHandlers({ reports, parts }: RunningStation): Pick<Handlers, keyof typeof reportCalls> {
  return {
    'report.list': async (query) => {
      if (parts.connection === undefined) throw new StationError('platform.not-configured');
      return reports.list(parts.connection.projectCode, query);
    },
    'report.add-passages': async (argument) => reports.addPassages(argument),
    'report.add-contract': async (argument) => reports.addContract(argument),
    'report.add-training': async (argument) => reports.addTraining(argument),
    'report.retry': async ({ id }) => {
      reports.retry(id);
      return {};
    },
  };
}
