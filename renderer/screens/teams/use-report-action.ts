import { useState } from 'react';
import { asStationError } from '../../../native-bridge/contract/errors.ts';
import { useAction } from '../../components/action.ts';
import { type Faults, faultsIn } from './report-rules.ts';

interface ReportAction {
  /** What the station found beyond what the form sees by itself. */
  readonly found: Faults;
  readonly run: (action: () => Promise<unknown>) => Promise<boolean>;
  readonly forget: () => void;
}

/** Runs a call that keeps a report; the faults that the station finds are given by their fields. */
export function useReportAction(): ReportAction {
  const act = useAction();
  const [found, setFound] = useState<Faults>({});
  const run = (action: () => Promise<unknown>) =>
    act(async () => {
      try {
        await action();
      } catch (cause) {
        const { code, detail } = asStationError(cause);
        if (code === 'report.refused-here') setFound(faultsIn(detail));
        throw cause;
      }
    });
  return { found, run, forget: () => setFound({}) };
}
