import type { Messages } from './zh-CN.ts';

/** English texts about how a consent is signed. */
export const enSigning: Pick<Messages, 'signing'> = {
  signing: {
    way: 'Signed',
    required: 'Must sign',
    ways: { screen: 'on screen', paper: 'on paper', attested: 'vouched for' },
    paperText: 'Print the notice first and let the worker sign it by hand; the site keeps the paper.',
    reasonAsked: 'Because:',
    reason: { 'cannot-write': 'cannot write', 'hand-injured': 'hand injured', 'no-device': 'no device' },
    was: {
      none: 'ticked on the screen, not signed',
      screen: 'signed on the screen',
      paper: 'signed on the printed notice',
      attested: 'read aloud and vouched for by {{by}} ({{reason}})',
    },
    requiredTitle: 'Consents have to be signed',
    requiredText:
      'Once on, ticks alone are not enough: signed on the screen or on paper, or read aloud and vouched for by the operator. The record says which.',
    language: { 'zh-CN': 'Chinese', en: 'English' },
  },
};
