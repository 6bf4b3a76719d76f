/**
 * What can go wrong, as a closed set. A code never carries personal data, so it may be shown, logged and reported.
 *
 * The class says what the program does with it:
 * - `retry`        passes by itself or on the next try; the program tries again;
 * - `re-present`   the operator repeats one gesture (lay the card again, take the picture again);
 * - `ask-operator` a person has to decide or correct something;
 * - `stop`         the station must not go on until somebody has put it right.
 */
export type ErrorClass = 'retry' | 're-present' | 'ask-operator' | 'stop';

export interface ErrorEntry {
  readonly class: ErrorClass;
  readonly zh: string;
  readonly en: string;
}

const entry = (errorClass: ErrorClass, zh: string, en: string): ErrorEntry => ({ class: errorClass, zh, en });

export const errorTable = {
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

  'reader.not-found': entry(
    'retry',
    '未找到读卡器，请检查 USB 连接',
    'No ID-card reader found, please check its USB cable',
  ),
  'reader.no-answer': entry('retry', '读卡器没有响应，正在重新连接', 'The reader does not answer, reconnecting'),
  'reader.port-denied': entry('ask-operator', '没有权限打开读卡器端口', 'No permission to open the reader port'),
  'reader.port-busy': entry('ask-operator', '读卡器端口被其他程序占用', 'Another program is using the reader port'),
  'reader.unplugged': entry('retry', '读卡器已断开，请重新插好', 'The reader was unplugged, please plug it in again'),
  'reader.link-fault': entry('retry', '通讯校验错误，正在重试', 'Transmission error, trying again'),
  'reader.self-test-failed': entry(
    'stop',
    '读卡器自检失败，请更换读卡器',
    'The reader failed its self-test, please replace it',
  ),
  'reader.not-authorised': entry(
    'stop',
    '安全模块未授权，请联系读卡器厂家',
    'The security module is not authorised, please contact the maker',
  ),
  'reader.login-failed': entry(
    'stop',
    '读卡器登录失败，请联系读卡器厂家',
    'The reader refused the login, please contact the maker',
  ),
  'reader.module-fault': entry('retry', '读卡器异常，正在复位', 'The reader reports a fault, resetting it'),
  'reader.port-unavailable': entry(
    'retry',
    '读卡器端口无法打开，请检查连接和端口设置',
    'The reader port cannot be opened, check the cable and the port setting',
  ),
  'reader.silent-port': entry(
    'retry',
    '此端口没有读卡器应答，请检查端口选择和读卡器电源',
    'No reader answers on this port at any speed, check the port and the power of the reader',
  ),
  'reader.usb-not-configured': entry(
    'ask-operator',
    'USB 读卡器未就绪，请重新插拔并检查驱动程序',
    'The USB reader is not configured, plug it in again and check its driver',
  ),
  'reader.driver-missing': entry(
    'ask-operator',
    '已发现 USB 读卡器，但无法访问：请安装厂家驱动或授予设备权限',
    "A USB reader is there but cannot be opened: install the maker's driver or allow access to the device",
  ),
  'reader.library-unusable': entry(
    'ask-operator',
    '读卡器厂家的程序库无法使用，请检查安装',
    "The maker's reader library cannot be used, check its installation",
  ),
  'reader.pcsc-unavailable': entry(
    'retry',
    '智能卡服务未运行，PC/SC 读卡器暂不可用',
    'The smart-card service is not running, PC/SC readers are not available',
  ),
  'reader.busy': entry('retry', '读卡器正在使用中，请稍候再试', 'The reader is in use, please try again in a moment'),
  'reader.other-reader': entry(
    'ask-operator',
    '这不是本台绑定的读卡器，请核对后重新绑定',
    'This is not the reader that is bound to this station, check it and bind it anew',
  ),
  'reader.command-refused': entry('retry', '读卡器不支持该命令', 'The reader does not support this command'),
  'reader.unknown-status': entry('retry', '读卡器返回未知状态', 'The reader returned an unknown status'),

  'card.moved': entry(
    're-present',
    '读取中断，请重新放卡并保持不动',
    'Reading was interrupted, lay the card again and keep it still',
  ),
  'card.lay-again': entry('re-present', '请移开后重新放卡', 'Take the card away and lay it again'),
  'card.wrong-reader': entry(
    'ask-operator',
    '这台读卡器读不了身份证，请使用身份证阅读器',
    'This reader cannot read identity cards, use the ID-card reader',
  ),
  'card.fingerprint-failed': entry(
    're-present',
    '指纹信息校验失败，其他信息有效',
    'The fingerprint record failed its check, everything else is valid',
  ),
  'card.not-recognised': entry(
    're-present',
    '不是可识别的居民身份证件',
    'This is not a resident identity card that can be read',
  ),
  'card.authentication-failed': entry(
    're-present',
    '证件认证失败，请重新放卡',
    'The card could not be authenticated, lay it again',
  ),
  'card.refused-by-module': entry(
    'ask-operator',
    '证件未通过安全模块认证，请人工核验',
    'The security module refused the card, check it by hand',
  ),
  'card.signature-failed': entry(
    'ask-operator',
    '证件信息校验失败，请人工核验',
    'The card data failed its integrity check, check it by hand',
  ),
  'card.length-wrong': entry(
    're-present',
    '证件数据长度异常，请重新放卡',
    'The card data has a wrong length, lay the card again',
  ),
  'card.unknown-layout': entry(
    'ask-operator',
    '证件类型未知，未保存任何内容',
    'Unknown kind of card, nothing was kept',
  ),
  'card.unreadable-text': entry(
    're-present',
    '证件文字信息异常，请重新放卡',
    'The text on the chip is malformed, lay the card again',
  ),

  'other-card.unreadable': entry(
    're-present',
    '这张卡无法识别，请检查卡片方向后重新放卡',
    'This card cannot be recognised, check which way round it lies and present it again',
  ),
  'other-card.locked': entry(
    'ask-operator',
    '社保卡持卡人信息被本地区锁定，只能读出卡号',
    "The holder's data on this social-security card is locked in its region, only the card number can be read",
  ),

  'card.real-in-practice': entry(
    'ask-operator',
    '培训模式只读练习证件，未保存任何内容；连接项目后再读取真实证件',
    'Practice mode reads practice cards only, nothing was kept; connect a project to read real cards',
  ),

  'portrait.no-decoder': entry(
    'ask-operator',
    '照片未解码：未安装照片解码库',
    'Portrait not decoded: no photo decoder is installed',
  ),
  'portrait.not-licensed': entry(
    'ask-operator',
    '照片未解码：解码库没有授权',
    'Portrait not decoded: the photo decoder is not licensed',
  ),
  'portrait.library-unsafe': entry(
    'ask-operator',
    '照片解码库未加载：其他用户可以改写该文件或其文件夹，请收回写权限',
    'The photo decoder was not loaded: other users can write its file or folder, take that right from them',
  ),
  'portrait.library-unusable': entry(
    'ask-operator',
    '照片解码库无法使用，请检查安装（位数、依赖文件、decoder.json）',
    'The photo decoder cannot be used, check its installation (32 or 64 bit, files it needs, decoder.json)',
  ),
  'portrait.failed': entry(
    're-present',
    '照片解码失败，请重新放卡',
    'The portrait could not be decoded, lay the card again',
  ),

  'camera.denied': entry(
    'ask-operator',
    '摄像头被拒绝访问，请在系统设置中允许',
    'Access to the camera was refused, allow it in the system settings',
  ),
  'camera.absent': entry('retry', '未找到摄像头，请检查连接', 'No camera found, please check its cable'),
  'camera.busy': entry(
    'ask-operator',
    '摄像头被其他程序占用，请关闭后重试',
    'Another program is using the camera, close it and try again',
  ),
  'camera.lost': entry('retry', '摄像头已断开，请重新插好', 'The camera was unplugged, please plug it in again'),

  'capture.bad-picture': entry('retry', '画面无法解析', 'The camera picture could not be read'),
  'capture.not-open': entry('retry', '拍照尚未开始', 'The camera step has not begun'),
  'capture.not-ready': entry(
    're-present',
    '还没有合格的画面，请按提示调整',
    'No conforming picture yet, please follow the prompt',
  ),
  'capture.overtaken': entry('retry', '已有更新的画面', 'A newer frame has taken the place of this one'),
  'capture.final-check-failed': entry(
    're-present',
    '成片复核未通过，请重拍',
    'The final picture failed its re-check, take it again',
  ),
  'capture.too-large': entry(
    're-present',
    '照片无法压缩到规定大小，请重拍',
    'The picture cannot be made small enough, take it again',
  ),

  'face.models-unavailable': entry(
    'ask-operator',
    '人脸模型不可用，比对已关闭',
    'The face models are not available, comparison is off',
  ),
  'face.no-face-on-card': entry(
    'ask-operator',
    '证件照中未检测到人脸，无法比对',
    'No face found in the card portrait, cannot compare',
  ),
  'face.no-face-in-photo': entry(
    're-present',
    '现场照中未检测到人脸，请重拍',
    'No face found in the live photo, take it again',
  ),

  'face.frames-disagree': entry(
    'ask-operator',
    '拍摄过程中画面不是同一个人，请重拍或人工核对',
    'The frames do not show one and the same person, take the picture again or compare by eye',
  ),
  'face.abnormal-picture': entry(
    'ask-operator',
    '照片内容异常，无法比对，请人工核对',
    'A picture is abnormal and cannot be compared, compare by eye',
  ),

  'face.too-slow': entry(
    'ask-operator',
    '本机繁忙，比对超时，请重拍或人工核对',
    'The comparison took too long, take the picture again or compare by eye',
  ),

  'enrolment.none': entry('ask-operator', '当前没有正在进行的采集', 'No enrolment is in work'),
  'enrolment.overtaken': entry(
    'ask-operator',
    '此人已有更新的记录，旧记录不再上传',
    'There is a newer record of this person, the older one is not sent any more',
  ),
  'enrolment.other-card': entry(
    'ask-operator',
    '放上的是另一个人的证件，请先完成或放弃当前采集',
    "This is another person's card, finish or discard the current enrolment first",
  ),
  'enrolment.card-required': entry('ask-operator', '请先读取身份证', 'Read the identity card first'),
  'enrolment.consent-required': entry(
    'ask-operator',
    '请先完成个人信息与人脸信息告知同意',
    'Consent comes before the camera',
  ),
  'enrolment.photo-required': entry('ask-operator', '请先拍摄现场照片', 'Take the live photo first'),
  'enrolment.not-consistent': entry(
    'ask-operator',
    '人证比对不一致，不能封存',
    'The face does not match the card, the record cannot be sealed',
  ),
  'enrolment.decision-required': entry(
    'ask-operator',
    '请先人工核对两张照片并作出结论',
    'Compare the two photos by eye and record your decision first',
  ),
  'enrolment.decision-not-wanted': entry(
    'ask-operator',
    '当前比对结果不需要人工结论',
    'This comparison does not ask for a decision',
  ),
  'enrolment.incomplete': entry('ask-operator', '还有必填项未填写', 'Some required fields are still empty'),
  'enrolment.under-age': entry(
    'ask-operator',
    '未满 16 周岁，不得登记',
    'Under 16 years of age, must not be registered',
  ),
  'enrolment.team-required': entry('ask-operator', '请先选择班组', 'Choose the team first'),

  'store.wrong-key': entry(
    'stop',
    '数据文件无法解密：密钥不匹配',
    'The data file cannot be decrypted: the key does not fit',
  ),
  'store.newer': entry(
    'stop',
    '数据文件由更新的版本创建，请升级程序',
    'The data file was made by a newer version, please update the program',
  ),
  'store.corrupt': entry(
    'stop',
    '数据文件损坏，已停止采集以免丢失',
    'The data file is damaged, enrolment is stopped so that nothing is lost',
  ),
  'store.full': entry(
    'stop',
    '磁盘已满，请清理后继续；当前内容已保留',
    'The disk is full, free some space to go on; nothing was lost',
  ),
  'store.read-only': entry('stop', '数据文件只读，无法保存', 'The data file is read-only and cannot be written'),
  'store.unavailable': entry('stop', '数据文件无法打开', 'The data file cannot be opened'),
  'store.not-found': entry('ask-operator', '没有找到这条记录', 'This record was not found'),

  'tables.malformed': entry(
    'ask-operator',
    '无法识别这个代码表文件，请检查格式',
    'This file could not be understood as a code table, check its format',
  ),
  'tables.too-large': entry(
    'ask-operator',
    '文件过大，代码表不超过 7.5 MB',
    'The file is too large, a code table has 7.5 MB at most',
  ),

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
