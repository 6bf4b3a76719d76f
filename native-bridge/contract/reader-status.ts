import type { ErrorCode } from './errors.ts';

/**
 * What to do about a status:
 * `ok` and `empty` are answers, `poll` means no card yet, `resend` a damaged frame, `restart` begins again at find,
 * `reset` resets the module first, `re-present` wants the card laid again, `partial` is an answer without one of its
 * parts, `forgery` stops and is shown, `device` makes the reader unusable, `unsupported` means that the module does not
 * know the command.
 */
export type StatusClass =
  | 'ok'
  | 'empty'
  | 'poll'
  | 'resend'
  | 'restart'
  | 'reset'
  | 're-present'
  | 'partial'
  | 'forgery'
  | 'device'
  | 'unsupported';

export interface ReaderStatus {
  readonly class: StatusClass;
  /** The trouble that the status means; absent for the classes that are none. */
  readonly code?: ErrorCode;
  readonly zh: string;
  readonly en: string;
}

const status = (statusClass: StatusClass, code: ErrorCode | undefined, zh: string, en: string): ReaderStatus =>
  code === undefined ? { class: statusClass, zh, en } : { class: statusClass, code, zh, en };

/** The 23 status bytes of the security module, SW3 (GA 467). 32 and 33 must never be tried again silently. */
export const moduleStatuses: Readonly<Record<number, ReaderStatus>> = {
  0x10: status('resend', 'reader.link-fault', '模块收到的数据校验错误', 'The module received a damaged frame'),
  0x11: status('resend', 'reader.link-fault', '模块收到的数据长度错误', 'The module received a frame of wrong length'),
  0x21: status('unsupported', 'reader.command-refused', '读卡器不支持该命令', 'The module does not know the command'),
  0x23: status(
    'restart',
    'card.lay-again',
    '命令顺序中断，请移开后重新放卡',
    'Out of order, take the card away and lay it again',
  ),
  0x24: status('reset', 'reader.module-fault', '读卡器异常，正在复位', 'Unrecognised error, the module is reset'),
  0x31: status('re-present', 'card.authentication-failed', '证件认证安全模块失败', 'The card refused the module'),
  0x32: status(
    'forgery',
    'card.refused-by-module',
    '安全模块认证证件失败，请人工核验',
    'The module refused the card, check it by hand',
  ),
  0x33: status(
    'forgery',
    'card.signature-failed',
    '证件信息校验失败，请人工核验',
    'The card data failed its check, check it by hand',
  ),
  0x34: status('poll', undefined, '尚未找到证件，请放证件', 'No card found so far, lay the card'),
  0x37: status('partial', 'card.fingerprint-failed', '指纹信息校验失败', 'The fingerprint record failed its check'),
  0x3f: status('re-present', 'card.length-wrong', '证件数据长度异常', 'The card data has a wrong length'),
  0x40: status('re-present', 'card.not-recognised', '不是可识别的居民身份证件', 'The kind of card is not recognised'),
  0x41: status(
    're-present',
    'card.moved',
    '读取中断，请重新放卡并保持不动',
    'Reading failed, lay the card again and keep it still',
  ),
  0x47: status('restart', 'card.authentication-failed', '取随机数失败', 'No random number from the card'),
  0x50: status('reset', 'reader.module-fault', '写证件失败', 'Writing to the card failed'),
  0x60: status(
    'device',
    'reader.self-test-failed',
    '读卡器自检失败，请更换',
    'The module failed its self-test, replace the reader',
  ),
  0x61: status('device', 'reader.login-failed', '读卡器登录失败', 'The reader refused the login'),
  0x66: status(
    'device',
    'reader.not-authorised',
    '安全模块未授权，请联系厂家',
    'The module is not authorised, contact the maker',
  ),
  0x80: status(
    'poll',
    undefined,
    '未找到证件，或证件读后尚未移开',
    'No card, or the card was read and not lifted since',
  ),
  0x81: status('restart', 'card.moved', '选取证件失败', 'The card could not be selected'),
  0x90: status('ok', undefined, '操作成功', 'Done'),
  0x91: status('empty', undefined, '证件内没有此项内容', 'The card has no such content'),
  0x9f: status('ok', undefined, '已找到证件', 'Card found'),
};

/** The meaning of a module's status byte; an unknown one is a failure that may pass. */
export function moduleStatus(value: number): ReaderStatus {
  const hex = value.toString(16).padStart(2, '0').toUpperCase();
  return (
    moduleStatuses[value] ?? status('restart', 'reader.unknown-status', `未知状态 ${hex}`, `Unknown status ${hex}`)
  );
}

/** Return values of the makers' common library (`sdtapi`) that tell of the line instead of the module. */
export const hostStatuses: Readonly<Record<number, ReaderStatus>> = {
  0x01: status(
    'device',
    'reader.port-unavailable',
    '端口打开失败或端口号不合法',
    'The port cannot be opened or does not exist',
  ),
  0x02: status('resend', 'reader.no-answer', '读卡器在规定时间内没有应答', 'No answer in time'),
  0x03: status('resend', 'reader.link-fault', '数据传输错误', 'Transmission error'),
  0x04: status('device', 'reader.usb-not-configured', 'USB 设备未配置', 'The USB device is not configured'),
  0x05: status('device', 'reader.silent-port', '串口在此速率下没有应答', 'No answer on the serial port at this speed'),
  0x06: status('device', 'reader.unplugged', 'USB 设备不可用或已拔出', 'The USB device is unavailable or was removed'),
};

/** One maker's addition: the licence file of the photo library cannot be written. */
const licenceFileNotWritten = 0x118;

/** The meaning of a library's return value: the line's own, else the module's status byte. */
export function libraryStatus(value: number): ReaderStatus {
  if (value === licenceFileNotWritten) {
    return status('device', 'portrait.not-licensed', '授权文件无法写入', 'The licence file cannot be written');
  }
  return hostStatuses[value] ?? moduleStatus(value);
}
