import type { Messages } from './zh-CN.ts';

/** Texts of the liveness challenge in English. */
export const enLiveness: Pick<Messages, 'liveness' | 'livenessSettings'> = {
  liveness: {
    name: 'Basic liveness check',
    notTested: 'not tested to ISO/IEC 30107-3',
    place: 'Basic liveness check · step {{place}} of {{of}}',
    step: {
      blink: 'Close your eyes, then open them',
      'turn-left': 'Turn your head left and back',
      'turn-right': 'Turn your head right and back',
      'open-mouth': 'Open your mouth wide, then close it',
      nod: 'Lower your head, then raise it',
    },
    lookStraight: 'Look straight ahead',
    back: 'Good, now straight again',
    failure: {
      'timed-out': 'Time is up, please try again',
      'other-action': 'Not that movement, please try again',
      'face-lost': 'Face left the picture, try again',
      'several-faces': 'Somebody else in view, try again',
      'person-changed': 'Another person, begin again',
    },
    attemptsLeft: 'Attempts left: {{count}}',
    failedTitle: 'Basic liveness check failed',
    failedText: 'Both movements have to be done as told; where that is not possible a supervisor decides.',
    again: 'Try again',
    except: 'Supervisor’s exception',
    exceptTitle: 'Supervisor’s exception',
    exceptText: 'No liveness check; the record says so and is to be reviewed.',
    reasons: 'Face injured, cannot move it|Disability|Too dark, seen in person',
    reasonHint: 'Reason',
    supervisor: 'Supervisor’s name',
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
      required: 'After three failures only another try, or a supervisor’s exception with a reason.',
    },
  },
};
