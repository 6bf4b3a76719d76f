import type { Messages } from './zh-CN.ts';

/** Texts of the liveness challenge in English. */
export const enLiveness: Pick<Messages, 'liveness' | 'livenessSettings'> = {
  liveness: {
    name: 'Basic liveness check',
    notTested: 'not tested to ISO/IEC 30107-3',
    place: 'Step {{place}} of {{of}}',
    step: {
      blink: 'Eyes shut, then open',
      'turn-left': 'Turn left, then back',
      'turn-right': 'Turn right, then back',
      'open-mouth': 'Mouth open, then shut',
      nod: 'Head down, then up',
    },
    lookStraight: 'Look straight ahead',
    back: 'Good, now straight again',
    failure: {
      'timed-out': 'Time is up',
      'other-action': 'Wrong movement',
      'face-lost': 'Face was lost',
      'several-faces': 'Not alone',
      'person-changed': 'Another person',
    },
    attemptsLeft: 'Please try again · attempts left: {{count}}',
    tryAgain: 'Please try again',
    failedTitle: 'Basic liveness check failed',
    failedText: 'Both movements have to be done as told; where that is not possible a supervisor decides.',
    again: 'Try again',
    except: 'Supervisor exception',
    exceptTitle: 'Supervisor exception',
    exceptText: 'No liveness check; the record says so and is to be reviewed.',
    reasons: 'Face injured, cannot move it|Disability|Too dark, seen in person',
    reasonHint: 'Reason',
    supervisor: 'Name of the supervisor',
    confirm: 'Let pass',
    cancel: 'Back',
    passed: 'Basic liveness check passed',
    notPassed: 'Basic liveness check failed, recorded',
    excepted: 'Exception by {{supervisor}}: {{reason}}',
    hint: {
      'identical-frames': 'repeated frames',
      'screen-pattern': 'pattern of a screen or print',
      'low-scores': 'low model scores',
    },
    hints: 'Hints: {{list}}',
    sealStatement: 'By sealing you state: worker present, no rephotographing',
  },
  livenessSettings: {
    title: 'Basic liveness check',
    text: 'Two random movements before the photo. Not tested to ISO/IEC 30107-3; it does not stop every fraud.',
    mode: { off: 'Off', recorded: 'Recorded', required: 'Required' },
    modeText: {
      off: 'No movements; by sealing the operator states that the worker is present and nothing was rephotographed.',
      recorded: 'Asked for and recorded; a failure stops nothing, the operator states instead.',
      required: 'After three failures only another try, or a supervisor exception with a reason.',
    },
  },
};
