/** Why a control call was refused. */
export type ControlErrorCode =
  | 'not-found'
  | 'wrong-method'
  | 'foreign-origin'
  | 'too-large'
  | 'bad-json'
  | 'bad-body'
  | 'unknown-card'
  | 'card-refused'
  | 'portrait-refused'
  | 'port-not-opened'
  | 'internal';

const HTTP_STATUS: Record<ControlErrorCode, number> = {
  'not-found': 404,
  'wrong-method': 405,
  'foreign-origin': 403,
  'too-large': 413,
  'bad-json': 400,
  'bad-body': 400,
  'unknown-card': 404,
  'card-refused': 422,
  'portrait-refused': 422,
  'port-not-opened': 503,
  internal: 500,
};

export class ControlError extends Error {
  readonly code: ControlErrorCode;

  constructor(code: ControlErrorCode, message: string) {
    super(message);
    this.code = code;
  }

  get httpStatus(): number {
    return HTTP_STATUS[this.code];
  }
}
