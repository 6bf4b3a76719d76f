import type { JsonValue } from '../json.ts';

/** The documented codes. */
export const DEVICE_CODES = {
  done: '00',
  signatureParameterMissing: '24',
  signatureWrong: '25',
  apiKeyInvalid: '29',
  timestampMissing: '30',
  timestampWrong: '31',
  versionMissing: '32',
  parameterMissing: '40',
  wrongType: '41',
  businessError: '43',
  bodyNotJson: '47',
  reserved: '501',
} as const;

export type DeviceCode = (typeof DEVICE_CODES)[keyof typeof DEVICE_CODES];

const MESSAGES: Readonly<Record<DeviceCode, string>> = {
  '00': '操作成功',
  '24': '缺少签名参数',
  '25': '签名错误',
  '29': 'api_key无效或已停用',
  '30': '缺少时间戳',
  '31': '时间戳超出范围或格式错误',
  '32': '缺少版本号',
  '40': '缺少必填参数',
  '41': '参数类型或时间格式错误',
  '43': '业务处理失败',
  '47': '请求体不是有效的JSON',
  '501': '接口未开放',
};

export interface DeviceReply {
  readonly code: DeviceCode;
  readonly detail: string;
  readonly data: JsonValue;
}

export const deviceDone = (data: JsonValue): DeviceReply => ({ code: DEVICE_CODES.done, detail: '', data });

export const deviceRefusal = (code: DeviceCode, detail = '', data: JsonValue = null): DeviceReply => ({
  code,
  detail,
  data,
});

/** As sent. `number`: the looser form of other servers, with booleans and numbers where text is documented. */
export function deviceReplyText({ code, detail, data }: DeviceReply, codeForm: 'text' | 'number'): string {
  const isDone = code === DEVICE_CODES.done;
  return JSON.stringify({
    result: codeForm === 'text' ? String(isDone) : isDone,
    status: 200,
    code: codeForm === 'text' ? code : Number(code),
    message: MESSAGES[code],
    detail_message: detail,
    result_data: data,
  });
}
