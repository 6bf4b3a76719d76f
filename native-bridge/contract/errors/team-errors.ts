import { entry } from './entry.ts';

/** What stands in the way of changing a team, and of what is reported about workers. */
export const teamErrors = {
  'team.has-workers': entry(
    'ask-operator',
    '班组里已有人员，不能改名称或参建单位；请新建班组',
    'The team has workers, its name and company stay; add another team instead',
  ),
  'team.name-taken': entry('ask-operator', '该单位已有同名班组', 'The company has a team of this name already'),
  'team.left-before-entry': entry(
    'ask-operator',
    '退场日期不能早于进场日期',
    'A team cannot leave before the day on which it came',
  ),
  'attachment.unreadable': entry(
    're-present',
    '附件不是可识别的图片或 PDF，请换一个文件',
    'The file is neither a readable picture nor a PDF, choose another one',
  ),
  'attachment.too-large': entry(
    're-present',
    '附件超过平台上限（PDF 约 750 KB），请缩小后再选',
    'The file is larger than the platform takes (about 750 KB for a PDF), make it smaller',
  ),
  'report.refused-here': entry(
    'ask-operator',
    '有内容不符合平台接口规定，请按标出的项目修改',
    "Something does not meet the interface's rules, correct what is marked",
  ),
} as const;
