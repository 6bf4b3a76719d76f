import { entry } from './entry.ts';

/** Backups, the recovery key and putting a data file right. */
export const safetyErrors = {
  'backup.full': entry(
    'ask-operator',
    '备份盘已满，请清理或更换备份文件夹；采集不受影响',
    'The backup disk is full, free some space or choose another folder; enrolment goes on',
  ),
  'backup.unreachable': entry(
    'ask-operator',
    '备份文件夹无法写入，请检查磁盘或更换文件夹；采集不受影响',
    'The backup folder cannot be written, check the disk or choose another folder; enrolment goes on',
  ),
  'backup.no-place': entry(
    'ask-operator',
    '找不到这个位置，请插好磁盘或检查路径',
    'This place was not found, plug the disk in or check the path',
  ),
  'backup.damaged': entry(
    'ask-operator',
    '这份备份已损坏或不完整，不能使用',
    'This backup is damaged or incomplete and cannot be used',
  ),
  'backup.wrong-key': entry(
    'ask-operator',
    '这份备份用另一把密钥加密，请输入当时的恢复密钥',
    'This backup was encrypted with another key, enter the recovery key of that time',
  ),
  'backup.running': entry('retry', '正在处理数据文件，请稍候', 'The data file is being worked on, please wait'),
  'backup.interrupted': entry('retry', '备份中断，稍后自动重试', 'The backup was interrupted and will be tried again'),
  'backup.none': entry('ask-operator', '没有可用的备份', 'There is no usable backup'),

  'recovery-key.mistyped': entry(
    'ask-operator',
    '恢复密钥输入有误，请核对',
    'The recovery key is mistyped, please check it',
  ),
  'recovery-key.wrong': entry('ask-operator', '这不是本机数据的恢复密钥', 'This is not the recovery key of this data'),
  'recovery-key.none': entry('ask-operator', '还没有设置恢复密钥', 'No recovery key has been made yet'),
  'recovery.not-needed': entry(
    'ask-operator',
    '数据文件正常，无需恢复',
    'The data file is in order, there is nothing to recover',
  ),
} as const;
