/** Why a virtual reader could not be started or plugged in again. */
export type VirtualReaderErrorCode =
  'no-line' | 'wrong-sam-number' | 'tcp-not-opened' | 'serial-not-opened' | 'control-not-opened';

export class VirtualReaderError extends Error {
  readonly code: VirtualReaderErrorCode;

  constructor(code: VirtualReaderErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
