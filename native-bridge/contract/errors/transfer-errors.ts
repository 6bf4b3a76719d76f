import { entry } from './entry.ts';

export const transferErrors = {
  'transfer.not-a-package': entry('ask-operator', '这不是采集台的导出文件', 'This is not an export file of a station'),
  'transfer.newer': entry(
    'ask-operator',
    '导出文件由更新的版本生成，请先升级本机程序',
    'The export file was made by a newer version, please update this station first',
  ),
  'transfer.damaged': entry(
    'ask-operator',
    '导出文件已损坏或被改动，请重新导出',
    'The export file is damaged or was altered, please export again',
  ),
  'transfer.cut': entry(
    'ask-operator',
    '导出文件不完整，完好的记录已导入，其余请重新导出',
    'The export file is not complete; the whole records were taken over, export the rest again',
  ),
  'transfer.out-of-order': entry(
    'ask-operator',
    '导出文件的内容被调换过，已停止导入，请向导出方核实',
    'The contents of the export file were rearranged; the import was stopped, ask the sender',
  ),
  'transfer.wrong-passphrase': entry('ask-operator', '口令不正确', 'The passphrase is not right'),
  'transfer.not-for-us': entry(
    'ask-operator',
    '这个文件是给另一台采集台的，本机无法打开',
    'This file is meant for another station and cannot be opened here',
  ),
  'transfer.weak-passphrase': entry(
    'ask-operator',
    '口令太简单，请用更长的口令或点“生成口令”',
    'The passphrase is too simple, use a longer one or let one be made',
  ),
  'transfer.unknown-sender': entry(
    'ask-operator',
    '发送方尚未被信任，请核对指纹后再决定',
    'The sender is not trusted yet, compare the fingerprint and decide',
  ),
  'transfer.practice': entry(
    'ask-operator',
    '培训模式与正式采集的文件不能互相导入',
    'Files of practice mode and of real enrolment cannot be mixed',
  ),
  'transfer.medium-full': entry(
    'ask-operator',
    'U 盘空间不足，已写入的部分有效，换地方或清理后点“继续”',
    'The medium is full; what was written is valid, free some space and continue',
  ),
  'transfer.medium-gone': entry(
    'ask-operator',
    'U 盘无法读写，可能已拔出；插回后点“继续”',
    'The medium cannot be used, it may have been pulled out; put it back and continue',
  ),
  'transfer.medium-read-only': entry('ask-operator', 'U 盘是只读的，请换一个', 'The medium is read-only, use another'),
  'transfer.nothing': entry('ask-operator', '没有可以导出的记录', 'There is no record to export'),
  'transfer.busy': entry('retry', '正在导出或导入，请等它结束', 'An export or import is under way, wait for its end'),
  'transfer.stopped': entry('ask-operator', '已停止；可以稍后继续', 'Stopped; it can be continued later'),
  'transfer.cancelled': entry(
    'ask-operator',
    '已取消；没有留下文件，一切和导出前一样',
    'Cancelled; no file was left, and everything is as it was before',
  ),
  'transfer.no-place': entry('ask-operator', '找不到这个 U 盘或文件夹', 'This removable drive or folder was not found'),
  'transfer.another-file': entry(
    'ask-operator',
    '同名文件属于另一次导出，未作改动',
    'The file of this name belongs to another export and was left alone',
  ),
  'transfer.record-unreadable': entry(
    'ask-operator',
    '有记录无法读取，已单独列出，其余不受影响',
    'Some records cannot be read; they are listed, the others are not affected',
  ),
} as const;
