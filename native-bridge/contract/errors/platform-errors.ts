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
  'platform.clock-wrong': entry(
    'ask-operator',
    '本机时间与平台相差过大，请校准时间',
    "This machine's clock is too far from the platform's, set it right",
  ),
  'platform.captive-portal': entry(
    'retry',
    '网络返回了登录或跳转页面，请先完成网络认证；记录已保存',
    'The network answered with a page of its own, sign in to the network first; records are kept',
  ),
  'platform.not-trusted': entry(
    'ask-operator',
    '无法确认平台的安全证书，请检查网络和本机时间',
    "The platform's certificate cannot be trusted, check the network and this machine's clock",
  ),
  'platform.batch-refused': entry(
    'retry',
    '同批记录被退回，这条将单独重传',
    'The platform refused the batch that held this record, it is sent again without the others',
  ),
  'platform.failed-there': entry(
    'retry',
    '平台处理时出错，稍后自动重传',
    'The platform failed while processing the record, it is sent again later',
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
