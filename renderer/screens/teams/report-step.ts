import type { ReportSummary } from '../../../native-bridge/contract/report.ts';
import { type NextStep, nextStepOf } from '../queue/next-step.ts';

export type ReportStep =
  | { readonly area: 'reports'; readonly step: 'waitsForWorker' | 'refused' }
  | { readonly area: 'record'; readonly step: NextStep };

/** What is to be done about a report; mostly what would be done about a record. */
export function reportStepOf({ state, error, waitsForWorker }: ReportSummary): ReportStep {
  if (waitsForWorker) return { area: 'reports', step: 'waitsForWorker' };
  if (state === 'needs-attention' && error?.code === 'platform.record-refused')
    return { area: 'reports', step: 'refused' };
  return { area: 'record', step: nextStepOf({ state, error }) };
}

/** The station takes one back that was refused, or that it never sent. */
export const mayWithdraw = ({ state, error }: ReportSummary): boolean =>
  state === 'needs-attention' || (state === 'sealed' && error === undefined);

/** Sending now makes sense where it waits for its next try or for a person, but not for its worker. */
export const maySendNow = ({ state, error, waitsForWorker }: ReportSummary): boolean =>
  state === 'needs-attention' || (state === 'sealed' && error !== undefined && !waitsForWorker);
