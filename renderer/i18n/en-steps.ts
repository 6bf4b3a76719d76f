import type { Messages } from './zh-CN.ts';

/** English texts of what is taken step by step: the self-test of a reader and the examination of the whole station. */
export const enSteps: Pick<Messages, 'steps'> = {
  steps: {
    label: 'Progress of the check',
    progress: 'Step {{number}} of {{total}}',
    ending: 'Stops after step {{number}}',
    elapsed: '{{count}} s so far',
    took: 'took {{seconds}} s',
    done: 'All {{total}} steps were taken',
    cancelled: 'Cancelled: {{done}} of {{total}} steps were taken',
    state: {
      waiting: 'Waiting',
      running: 'Checking',
      ok: 'In order',
      warning: 'Look at',
      trouble: 'Trouble',
      skipped: 'Not checked',
    },
  },
};
