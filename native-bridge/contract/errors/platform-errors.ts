import { entry } from './entry.ts';

export const platformErrors = {
  'platform.not-configured': entry('ask-operator', '尚未连接平台项目', 'No platform project is connected yet'),
  'platform.unreachable': entry(
    'retry',
    '平台暂时无法连接，记录已保存，稍后自动上传',
    'The platform cannot be reached, records are kept and sent later',
  ),
  'platform.bad-answer': entry(
    'retry',
    '平台返回异常内容，稍后重试',
    'The platform answered with something unexpected, trying again later',
  ),
  'platform.busy': entry('retry', '平台繁忙，稍后自动重试', 'The platform is busy, trying again later'),
  'platform.sign-refused': entry(
    'ask-operator',
    '平台拒绝签名，请检查密钥',
    'The platform refused the signature, check the secret',
  ),
  'platform.no-permission': entry(
    'ask-operator',
    '平台账号没有此接口权限',
    'The platform account lacks permission for this',
  ),
  'platform.address-not-allowed': entry(
    'ask-operator',
    '本机地址不在平台白名单内',
    "This machine's address is not on the platform's list",
  ),
  'platform.record-refused': entry(
    'ask-operator',
    '平台退回了这条记录，请按提示修改后重传',
    'The platform returned this record, correct it and send again',
  ),
  'platform.waiting': entry(
    'retry',
    '平台已受理，正在等待处理结果',
    'The platform has accepted the record and is processing it',
  ),
} as const;
