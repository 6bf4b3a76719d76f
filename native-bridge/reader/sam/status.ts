import type { ErrorCode } from '../../contract/errors.ts';

/**
 * What to do about a module's status byte:
 * `ok` and `empty` are answers, `poll` means no card yet, `resend` a damaged frame, `restart` begins again at find,
 * `reset` resets the module first, `re-present` wants the card laid again, `forgery` stops and is shown, `device`
 * makes the reader unusable, `unsupported` means that the module does not know the command.
 */
export type StatusClass =
  'ok' | 'empty' | 'poll' | 'resend' | 'restart' | 'reset' | 're-present' | 'forgery' | 'device' | 'unsupported';

export interface SamStatus {
  readonly class: StatusClass;
  readonly code?: ErrorCode;
}

/** The 23 status codes of the module (GA 467). 32 and 33 must never be tried again silently. */
export const samStatuses: Readonly<Record<number, SamStatus>> = {
  0x10: { class: 'resend', code: 'reader.link-fault' },
  0x11: { class: 'resend', code: 'reader.link-fault' },
  0x21: { class: 'unsupported', code: 'reader.command-refused' },
  0x23: { class: 'restart', code: 'card.moved' },
  0x24: { class: 'reset', code: 'reader.unknown-status' },
  0x31: { class: 're-present', code: 'card.authentication-failed' },
  0x32: { class: 'forgery', code: 'card.refused-by-module' },
  0x33: { class: 'forgery', code: 'card.signature-failed' },
  0x34: { class: 'poll' },
  0x37: { class: 're-present', code: 'card.length-wrong' },
  0x3f: { class: 're-present', code: 'card.length-wrong' },
  0x40: { class: 're-present', code: 'card.not-recognised' },
  0x41: { class: 're-present', code: 'card.moved' },
  0x47: { class: 'restart', code: 'card.authentication-failed' },
  0x50: { class: 'reset', code: 'reader.unknown-status' },
  0x60: { class: 'device', code: 'reader.self-test-failed' },
  0x61: { class: 'device', code: 'reader.not-authorised' },
  0x66: { class: 'device', code: 'reader.not-authorised' },
  0x80: { class: 'poll' },
  0x81: { class: 'restart', code: 'card.moved' },
  0x90: { class: 'ok' },
  0x91: { class: 'empty' },
  0x9f: { class: 'ok' },
};

/** The meaning of a status byte; an unknown one is a failure that may pass. */
export function samStatus(status: number): SamStatus {
  return samStatuses[status] ?? { class: 'restart', code: 'reader.unknown-status' };
}
