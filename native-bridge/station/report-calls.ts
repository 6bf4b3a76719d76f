import { StationError } from '../contract/errors.ts';
import type { reportCalls } from '../contract/report-calls.ts';
import type { Handlers } from '../rpc/server.ts';
import type { RunningStation } from './running-station.ts';

/** Calls about what is reported of enrolled workers. */
export function reportHandlers(station: RunningStation): Pick<Handlers, keyof typeof reportCalls> {
  const { reports, parts } = station;
  const told = <T>(result: T): T => {
    station.publishReports();
    return result;
  };
  return {
    'report.list': async (query) => {
      if (parts.connection === undefined) throw new StationError('platform.not-configured');
      return reports.list(parts.connection.projectCode, query);
    },
    'report.add-passages': async (argument) => told(reports.addPassages(argument)),
    'report.add-contract': async (argument) => told(reports.addContract(argument)),
    'report.add-training': async (argument) => told(reports.addTraining(argument)),
    'report.withdraw': async ({ id }) => {
      reports.withdraw(id);
      return told({});
    },
    'report.retry': async ({ id }) => {
      reports.retry(id);
      return told({});
    },
  };
}
