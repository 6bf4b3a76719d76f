import { entry } from './entry.ts';

export const storeErrors = {
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
  'store.missing': entry(
    'stop',
    '数据文件不见了，已停止采集；请用备份恢复',
    'The data file is gone, enrolment is stopped; restore a backup',
  ),
  'store.full': entry(
    'stop',
    '磁盘已满，请清理后继续；当前内容已保留',
    'The disk is full, free some space to go on; nothing was lost',
  ),
  'store.read-only': entry('stop', '数据文件只读，无法保存', 'The data file is read-only and cannot be written'),
  'store.unavailable': entry(
    'stop',
    '数据文件暂时打不开：请再试一次，仍不行请重新打开程序',
    'The data file cannot be opened: try again, and if that does not help restart the program',
  ),
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
} as const;
