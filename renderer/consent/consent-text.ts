/** What a worker is told before consenting. Numbered paragraphs; `{company}` and `{project}` are filled in. */
export interface ConsentText {
  readonly title: string;
  readonly paragraphs: readonly { readonly heading: string; readonly text: string }[];
}

interface ConsentVersion {
  readonly zh: ConsentText;
  readonly en: ConsentText;
}

const version1: ConsentVersion = {
  zh: {
    title: '建筑工人实名登记个人信息告知书',
    paragraphs: [
      { heading: '谁处理', text: '由{company}为“{project}”办理登记并对处理负责。有疑问请找本项目劳资专管员。' },
      {
        heading: '为什么',
        text: '国家规定建筑工人进场前须实名登记，用于签订合同、核对身份、考勤和工资发放。处理人脸信息只为核对您与身份证是同一个人。',
      },
      {
        heading: '处理什么',
        text: '身份证芯片中的信息和照片、现场拍摄的一张照片、工种、手机、文化程度、政治面貌；您愿意时还有工资卡和紧急联系人。人脸信息属于敏感个人信息，泄露可能使他人冒用您的身份，因此全部加密保存在本机。用于比对的人脸特征比对后即删除，不保存，不上传。',
      },
      {
        heading: '提供给谁',
        text: '上述信息和两张照片将提供给当地建筑工人实名制管理平台，由平台按规定用于实名制管理。不提供给其他人，不用于其他目的。',
      },
      {
        heading: '保存多久',
        text: '平台确认接收后，记录加密保存在本机，直到登记单位依规定保存用工台账的期限届满（工程完工且工资全部结清后三年）。未完成的登记放弃后立即删除。',
      },
      {
        heading: '您的权利',
        text: '您可以向登记单位要求查看、复制、更正或删除您的信息，也可以撤回同意；撤回不影响此前的处理。',
      },
      {
        heading: '不同意时',
        text: '您可以不同意：本次登记随即放弃，已读取的内容立即删除。请与劳资专管员商定不采集人脸的登记办法。',
      },
    ],
  },
  en: {
    title: "Notice on personal data in construction workers' real-name registration",
    paragraphs: [
      {
        heading: 'Who',
        text: '{company} registers you for “{project}” and answers for the processing. Ask the labour manager of this project if anything is unclear.',
      },
      {
        heading: 'Why',
        text: 'Construction workers must be registered by name before they enter a site: for the contract, identity, attendance and wages. Face data serves one purpose only: to verify that you are the holder of the card.',
      },
      {
        heading: 'What',
        text: "The card's data and photo, one photo taken here, trade, mobile number, education and political status; if you wish, wage card and emergency contact. Face data is sensitive: if it leaked, others might pass for you. Everything is therefore stored encrypted on this machine. The face features used for the comparison are deleted right after it; they are neither kept nor sent.",
      },
      {
        heading: 'Given to whom',
        text: 'These data and both photos are given to the local real-name platform for construction workers, which uses them for real-name administration as the rules require. Nobody else receives them, and they serve no other purpose.',
      },
      {
        heading: 'How long',
        text: 'After the platform has confirmed them they stay encrypted on this machine until the time is over for which your company has to keep the employment ledger (three years after the project is finished and all wages are paid). An unfinished registration is deleted as soon as it is given up.',
      },
      {
        heading: 'Your rights',
        text: 'You may ask your company to show, copy, correct or delete your data, and withdraw your consent; what was done before stays lawful.',
      },
      {
        heading: 'If you do not agree',
        text: 'You may refuse: this registration is then given up and what was read is deleted at once. Agree with the labour manager on a way to register without face data.',
      },
    ],
  },
};

/** As version 1, for projects that look for one face under two numbers and keep face features for it. */
const replaced: Readonly<Record<string, string>> = {
  '处理人脸信息只为核对您与身份证是同一个人。': '处理人脸信息只为核对您与身份证是同一个人，并防止一人用两个身份登记。',
  '用于比对的人脸特征比对后即删除，不保存，不上传。':
    '为防止一人用两个身份登记，由照片算出的一组人脸特征数字随记录加密保存在本机，只在本项目内查找相同的人脸，由人工判断；不上传，记录删除时或停用该功能时一并删除。',
  'Face data serves one purpose only: to verify that you are the holder of the card.':
    'Face data serves to verify that you are the holder of the card, and that nobody is registered under two identities.',
  'The face features used for the comparison are deleted right after it; they are neither kept nor sent.':
    'So that nobody is registered under two identities, a set of numbers describing the face on the photo is kept encrypted on this machine with the record and searched within this project only, and a person decides; it is never sent, and is deleted with the record or when this search is switched off.',
};

function changed({ title, paragraphs }: ConsentText, changes: Readonly<Record<string, string>>): ConsentText {
  const renewed = (text: string) =>
    Object.entries(changes).reduce((so, [before, after]) => so.replace(before, after), text);
  return { title, paragraphs: paragraphs.map(({ heading, text }) => ({ heading, text: renewed(text) })) };
}

const withSearch = (text: ConsentText) => changed(text, replaced);

const version2: ConsentVersion = { zh: withSearch(version1.zh), en: withSearch(version1.en) };

/** What came later: health certificates that rules about ages ask for, and the question about the black list. */
const additions: Readonly<Record<string, string>> = {
  您愿意时还有工资卡和紧急联系人: '您愿意时还有工资卡和紧急联系人；按年龄规定需要时，还有您提供的健康证明',
  '由平台按规定用于实名制管理。':
    '由平台按规定用于实名制管理；登记时会向平台查询您是否列入黑名单。健康证明只保存在本机，不上传。',
  'if you wish, wage card and emergency contact.':
    'if you wish, wage card and emergency contact; where rules about ages ask for it, the health certificate that you hand in.',
  'which uses them for real-name administration as the rules require.':
    'which uses them for real-name administration as the rules require; it is asked whether you are on its black list. A health certificate stays on this machine and is not sent.',
};

const withAdditions = (text: ConsentText) => changed(text, additions);
const added = ({ zh, en }: ConsentVersion): ConsentVersion => ({ zh: withAdditions(zh), en: withAdditions(en) });

/** Every notice that anybody has ever consented to stays here, so that it can be shown and printed again. */
const versions: Readonly<Record<string, ConsentVersion>> = {
  '1': version1,
  '2': version2,
  '3': added(version1),
  '4': added(version2),
};

export interface ConsentNames {
  readonly company: string;
  readonly project: string;
}

const fill = (text: string, names: ConsentNames) =>
  text.replace('{company}', names.company).replace('{project}', names.project);

/** The notice of a version (with or without a leading `v`), filled in; undefined when the program does not have it. */
export function consentText(version: string, language: 'zh' | 'en', names: ConsentNames): ConsentText | undefined {
  const found = versions[version.replace(/^v/i, '')]?.[language];
  return (
    found && {
      title: found.title,
      paragraphs: found.paragraphs.map(({ heading, text }) => ({ heading, text: fill(text, names) })),
    }
  );
}

/** The notice as it is read aloud. */
export function spokenConsent({ title, paragraphs }: ConsentText): string {
  return [title, ...paragraphs.map(({ heading, text }) => `${heading}：${text}`)].join('\n');
}
