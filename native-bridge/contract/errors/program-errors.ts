import { entry } from './entry.ts';

export const programErrors = {
  internal: entry('stop', '程序内部错误，请重启采集台', 'Internal error, please restart the station'),

  'rpc.malformed': entry('stop', '收到无法识别的消息', 'A message could not be understood'),
  'rpc.unknown-call': entry(
    'stop',
    '程序版本不一致，请重启采集台',
    'Program parts do not match, please restart the station',
  ),
  'rpc.bad-argument': entry('ask-operator', '提交的内容不符合要求', 'What was submitted is not valid'),
  'rpc.bad-result': entry('stop', '程序返回了异常数据', 'The program returned malformed data'),
  'rpc.too-many': entry('retry', '操作过于频繁，请稍候', 'Too many requests at once, please wait'),
  'rpc.closed': entry(
    'retry',
    '与采集服务的连接已断开，正在重连',
    'The connection to the station service was lost, reconnecting',
  ),
} as const;
