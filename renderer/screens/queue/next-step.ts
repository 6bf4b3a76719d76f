import type { ErrorReport } from '../../../native-bridge/contract/basic.ts';
import type { RecordSummary } from '../../../native-bridge/contract/enrolment.ts';
import { zhCN } from '../../i18n/zh-CN.ts';

export type NextStep = keyof typeof zhCN.nextStep;

const isStep = (name: string): name is NextStep => Object.hasOwn(zhCN.nextStep, name);

/** The platform does not take this kind of identity document: nothing in the record can be put right. */
const documentRefused = ({ code, detail }: ErrorReport): boolean =>
  code === 'platform.record-refused' && (detail ?? '').split(/[ ,]+/).includes('idCardType');

/** What is to be done about a record, as the name of a sentence. */
export function nextStepOf({ state, error }: Pick<RecordSummary, 'state' | 'error'>): NextStep {
  if (state !== 'sealed' && state !== 'needs-attention') return state;
  if (error === undefined) return state === 'sealed' ? 'waiting' : 'other';
  if (documentRefused(error)) return 'document';
  return isStep(error.code) ? error.code : 'other';
}

/** Sending again is offered where the program waits for its next try or for a person. */
export function mayRetry({ state, attempts }: Pick<RecordSummary, 'state' | 'attempts'>): boolean {
  return state === 'needs-attention' || (state === 'sealed' && attempts > 0);
}
