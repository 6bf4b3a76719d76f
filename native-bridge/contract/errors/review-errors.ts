import { entry } from './entry.ts';

/** The second pair of eyes. */
export const reviewErrors = {
  'review.own': entry(
    'ask-operator',
    '不能复核本人采集的记录，请另一位主管或管理员复核',
    'Nobody reviews a record that they sealed themselves, another supervisor or administrator has to',
  ),
  'review.decided': entry('ask-operator', '这条记录已经复核过', 'This record was reviewed already'),
  'review.note-required': entry('ask-operator', '退回时请写明原因', 'Say why it is sent back'),
  'review.sent-back': entry(
    'ask-operator',
    '复核未通过，已退回：请按原因更正、重新采集或撤回',
    'The reviewer sent this record back: correct it, enrol the person anew or take it back',
  ),
} as const;
