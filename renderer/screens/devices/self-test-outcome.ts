import type { SelfTestReport } from '../../../native-bridge/contract/reader.ts';

export type SelfTestOutcome = 'passed' | 'without-portraits' | 'failed' | 'cancelled';

const done = 0x90;

type Reported = Pick<SelfTestReport, 'code' | 'samStatus' | 'cancelled' | 'steps'>;

/** What a test comes to. A reader is sound without a decoder for its photos, but the desk sees none. */
export function selfTestOutcome({ code, samStatus, cancelled, steps }: Reported): SelfTestOutcome {
  if (cancelled) return 'cancelled';
  if (code !== undefined || samStatus !== done) return 'failed';
  const decoder = steps.find(({ step }) => step === 'portrait-decoder');
  return decoder?.state === 'trouble' ? 'without-portraits' : 'passed';
}
