import type { ErrorEntry } from './errors/entry.ts';
import { accountErrors } from './errors/account-errors.ts';
import { captureErrors } from './errors/capture-errors.ts';
import { cardErrors } from './errors/card-errors.ts';
import { enrolmentErrors } from './errors/enrolment-errors.ts';
import { faceErrors } from './errors/face-errors.ts';
import { gateErrors } from './errors/gate-errors.ts';
import { livenessErrors } from './errors/liveness-errors.ts';
import { platformErrors } from './errors/platform-errors.ts';
import { programErrors } from './errors/program-errors.ts';
import { readerErrors } from './errors/reader-errors.ts';
import { recordErrors } from './errors/record-errors.ts';
import { reviewErrors } from './errors/review-errors.ts';
import { safetyErrors } from './errors/safety-errors.ts';
import { storeErrors } from './errors/store-errors.ts';
import { teamErrors } from './errors/team-errors.ts';
import { transferErrors } from './errors/transfer-errors.ts';
import { workbookErrors } from './errors/workbook-errors.ts';

export type { ErrorClass, ErrorEntry } from './errors/entry.ts';

/** Every code with its class and its sentences; the tables of the areas together. */
export const errorTable = {
  ...programErrors,
  ...accountErrors,
  ...readerErrors,
  ...cardErrors,
  ...captureErrors,
  ...faceErrors,
  ...livenessErrors,
  ...enrolmentErrors,
  ...storeErrors,
  ...recordErrors,
  ...gateErrors,
  ...reviewErrors,
  ...safetyErrors,
  ...platformErrors,
  ...teamErrors,
  ...transferErrors,
  ...workbookErrors,
} as const satisfies Readonly<Record<string, ErrorEntry>>;

export type ErrorCode = keyof typeof errorTable;

export const errorCodes = Object.keys(errorTable) as readonly ErrorCode[];

/** An error with a code of the closed set. `detail` is for support: technical, short, without personal data. */
export class StationError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | undefined;

  constructor(code: ErrorCode, detail?: string, options?: ErrorOptions) {
    super(detail === undefined ? code : `${code}: ${detail}`, options);
    this.name = 'StationError';
    this.code = code;
    this.detail = detail;
  }
}

/** The error as it may leave the process: an unknown one becomes `internal` without its text, which could hold anything. */
export function asStationError(cause: unknown): StationError {
  return cause instanceof StationError ? cause : new StationError('internal', undefined, { cause });
}
