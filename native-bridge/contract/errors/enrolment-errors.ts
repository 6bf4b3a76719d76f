import { entry } from './entry.ts';

export const enrolmentErrors = {
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
  'enrolment.signature-required': entry(
    'ask-operator',
    '本项目要求签名：请在屏幕上签名、在纸上签名，或由经办人证明',
    'This project wants consents signed: on the screen, on paper, or vouched for by the operator',
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
  'enrolment.age-rule': entry(
    'ask-operator',
    '按本项目的年龄规定不得登记此工种，请改换工种或由项目负责人调整规定',
    "The project's rules about ages do not allow this trade: choose another one, or have the rules changed",
  ),
  'enrolment.certificate-required': entry(
    'ask-operator',
    '按本项目的年龄规定须附健康证明，请在证件栏添加',
    "The project's rules about ages ask for a health certificate: add it below the card",
  ),
  'enrolment.certificate-unreadable': entry(
    'ask-operator',
    '健康证明应为照片（JPEG、PNG）或不超过 1 MB 的 PDF 文件',
    'A health certificate is a photo (JPEG, PNG) or a PDF file of at most 1 MB',
  ),
  'enrolment.black-listed': entry(
    'ask-operator',
    '此人在平台黑名单内，按本项目规定不得登记，请联系项目负责人',
    "The platform's black list names this person; the project registers nobody on it",
  ),
  'enrolment.team-required': entry('ask-operator', '请先选择班组', 'Choose the team first'),
} as const;
