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
  'platform.bad-dialect': entry(
    'ask-operator',
    '平台方言文件缺失或有误，请联系支持人员',
    'The dialect file of the platform is missing or wrong, ask for support',
  ),
  'platform.dialect-refused': entry(
    'ask-operator',
    '平台不接受本站使用的接口版本或格式，请检查平台类型',
    'The platform does not take the interface version or form used here, check the kind of platform',
  ),
  'platform.clock-wrong': entry(
    'ask-operator',
    '本机时间与平台相差过大，请校准时间',
    "This machine's clock is too far from the platform's, set it right",
  ),
  'platform.device-unknown': entry(
    'ask-operator',
    '平台上没有此设备或设备已停用，请检查设备序列号',
    'The platform does not know this device or has switched it off, check the device serial',
  ),
  'platform.wrong-project': entry(
    'ask-operator',
    '此设备在平台上属于另一个项目，请检查项目编码',
    'On the platform this device belongs to another project, check the project code',
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
  'platform.wrong-certificate': entry(
    'ask-operator',
    '平台证书与设置的指纹不符，已停止传输：请管理员核对',
    "The platform's certificate is not the one in the settings, nothing is sent: let an administrator check",
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
  'platform.not-offered': entry('ask-operator', '平台不提供此项功能', 'The platform does not offer this'),
} as const;
