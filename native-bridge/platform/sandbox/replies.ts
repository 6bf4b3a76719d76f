import type { JsonObject } from './json.ts';

/** The codes of the envelope. */
export const CODES = {
  accepted: '0',
  badParameter: '-1',
  wrongSign: '-2',
  noPermission: '-3',
  addressRefused: '-4',
  tooFrequent: '-5',
  otherError: '9999',
} as const;

export type Code = (typeof CODES)[keyof typeof CODES];

export interface Reply {
  readonly code: Code;
  readonly message: string;
  readonly data?: JsonObject;
  /** Known for an accepted write; for the log only. */
  readonly serial?: string;
}

export function refusal(code: Code, message: string): Reply {
  return { code, message };
}

export function success(data: JsonObject): Reply {
  return { code: CODES.accepted, message: '操作成功', data };
}

/** The reply as sent. A refusal carries JSON null as `data`: the envelope always has its three members. */
export function replyText(reply: Reply, codeForm: 'text' | 'number'): string {
  const code = codeForm === 'number' ? Number(reply.code) : reply.code;
  return JSON.stringify({ code, message: reply.message, data: reply.data ?? null });
}
