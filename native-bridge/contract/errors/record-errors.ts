import { entry } from './entry.ts';

/** What stands in the way of changing, taking back or erasing a sealed record. */
export const recordErrors = {
  'record.under-way': entry(
    'ask-operator',
    '这条记录正在上传或平台正在处理，请等平台答复后再操作',
    'This record is being sent or processed, wait for the answer of the platform',
  ),
  'record.perhaps-sent': entry(
    'ask-operator',
    '平台可能已收到这条记录，不能撤回：请等平台答复，或用“更正并重传”',
    'The platform may have this record, it cannot be taken back: wait for the answer, or correct and resend it',
  ),
  'record.at-platform': entry(
    'ask-operator',
    '平台已确认这条记录，不能撤回：内容有误请更正，本人要求删除请用“删除申请”',
    'The platform has this record, it cannot be taken back: correct it, or lock it if the worker wants it deleted',
  ),
  'record.handed-over': entry(
    'ask-operator',
    '这条记录已移交另一台采集台，请在那台上处理',
    'This record was handed over to another station, go on there',
  ),
  'record.ended': entry(
    'ask-operator',
    '这条记录已撤回或已被替代，不再上传；需要时请重新采集',
    'This record was taken back or replaced and is not sent any more; enrol the person anew if need be',
  ),
  'record.locked': entry(
    'ask-operator',
    '这条记录已锁定，保存期内只保管、不使用',
    'This record is locked: it is kept for the statutory period and not used',
  ),
  'record.not-ended': entry(
    'ask-operator',
    '此人还有记录没有传完：请先撤回，或等平台确认后再申请删除',
    'A record of this person is not finished: take it back first, or wait until the platform has confirmed it',
  ),
  'record.nothing-changed': entry(
    'ask-operator',
    '内容没有改动，不需要重传',
    'Nothing was changed, so nothing is sent',
  ),
  'record.other-project': entry(
    'ask-operator',
    '只能改到同一项目的班组；换项目请重新采集',
    'The team has to be of the same project; enrol the person anew for another project',
  ),
  'record.pictures-erased': entry(
    'ask-operator',
    '照片已按保存期限清除，不能更正重传，请重新采集',
    'The pictures were erased after their time, the record cannot be sent again: enrol the person anew',
  ),
} as const;
