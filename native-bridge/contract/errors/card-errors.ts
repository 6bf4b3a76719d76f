import { entry } from './entry.ts';

export const cardErrors = {
  'card.moved': entry(
    're-present',
    '读取中断，请重新放卡并保持不动',
    'Reading was interrupted, lay the card again and keep it still',
  ),
  'card.lay-again': entry('re-present', '请移开后重新放卡', 'Take the card away and lay it again'),
  'card.wrong-reader': entry(
    'ask-operator',
    '这台读卡器读不了身份证，请使用身份证阅读器',
    'This reader cannot read identity cards, use the ID-card reader',
  ),
  'card.fingerprint-failed': entry(
    're-present',
    '指纹信息校验失败，其他信息有效',
    'The fingerprint record failed its check, everything else is valid',
  ),
  'card.not-recognised': entry(
    're-present',
    '不是可识别的居民身份证件',
    'This is not a resident identity card that can be read',
  ),
  'card.authentication-failed': entry(
    're-present',
    '证件认证失败，请重新放卡',
    'The card could not be authenticated, lay it again',
  ),
  'card.refused-by-module': entry(
    'ask-operator',
    '证件未通过安全模块认证，请人工核验',
    'The security module refused the card, check it by hand',
  ),
  'card.signature-failed': entry(
    'ask-operator',
    '证件信息校验失败，请人工核验',
    'The card data failed its integrity check, check it by hand',
  ),
  'card.length-wrong': entry(
    're-present',
    '证件数据长度异常，请重新放卡',
    'The card data has a wrong length, lay the card again',
  ),
  'card.unknown-layout': entry(
    'ask-operator',
    '证件类型未知，未保存任何内容',
    'Unknown kind of card, nothing was kept',
  ),
  'card.unreadable-text': entry(
    're-present',
    '证件文字信息异常，请重新放卡',
    'The text on the chip is malformed, lay the card again',
  ),

  'other-card.unreadable': entry(
    're-present',
    '这张卡无法识别，请检查卡片方向后重新放卡',
    'This card cannot be recognised, check which way round it lies and present it again',
  ),
  'other-card.locked': entry(
    'ask-operator',
    '社保卡持卡人信息被本地区锁定，只能读出卡号',
    "The holder's data on this social-security card is locked in its region, only the card number can be read",
  ),

  'card.real-in-practice': entry(
    'ask-operator',
    '培训模式只读练习证件，未保存任何内容；连接项目后再读取真实证件',
    'Practice mode reads practice cards only, nothing was kept; connect a project to read real cards',
  ),

  'portrait.no-decoder': entry(
    'ask-operator',
    '照片未解码：未安装照片解码库',
    'Portrait not decoded: no photo decoder is installed',
  ),
  'portrait.not-licensed': entry(
    'ask-operator',
    '照片未解码：解码库没有授权',
    'Portrait not decoded: the photo decoder is not licensed',
  ),
  'portrait.library-unsafe': entry(
    'ask-operator',
    '照片解码库未加载：其他用户可以改写该文件或其文件夹，请收回写权限',
    'The photo decoder was not loaded: other users can write its file or folder, take that right from them',
  ),
  'portrait.library-unusable': entry(
    'ask-operator',
    '照片解码库无法使用，请检查安装（位数、依赖文件、decoder.json）',
    'The photo decoder cannot be used, check its installation (32 or 64 bit, files it needs, decoder.json)',
  ),
  'portrait.failed': entry(
    're-present',
    '照片解码失败，请重新放卡',
    'The portrait could not be decoded, lay the card again',
  ),
} as const;
