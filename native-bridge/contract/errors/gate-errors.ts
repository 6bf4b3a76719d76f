import { entry } from './entry.ts';

/** Why no new enrolment may begin. One in work may be finished; sending, exporting and looking go on. */
export const gateErrors = {
  'gate.unsent-count': entry(
    'stop',
    '未上传的记录太多，暂停新采集：请连上网络等待上传，或导出到另一台采集台',
    'Too many records are unsent, no new enrolment: connect to the network, or export them to another station',
  ),
  'gate.unsent-age': entry(
    'stop',
    '有记录太久没有上传，暂停新采集：请连上网络等待上传，或导出到另一台采集台',
    'A record has been unsent for too long, no new enrolment: connect to the network, or export the records',
  ),
  'gate.disk': entry(
    'stop',
    '磁盘空间不足，暂停新采集：请清理本机磁盘',
    'The disk is almost full, no new enrolment: free some space on this computer',
  ),
  'gate.clock': entry(
    'stop',
    '本机时钟不准，平台拒绝请求，暂停新采集：请校准系统时间',
    'The clock is wrong and the platform refuses requests, no new enrolment: set the time of this computer',
  ),
  'gate.backup': entry(
    'stop',
    '太久没有可用的备份，暂停新采集：请先做一次备份',
    'There has been no verified backup for too long, no new enrolment: make a backup first',
  ),
  'gate.store': entry(
    'stop',
    '数据文件无法写入，暂停新采集：请检查磁盘，或联系支持人员',
    'The data file cannot be written, no new enrolment: check the disk, or ask support',
  ),
} as const;
