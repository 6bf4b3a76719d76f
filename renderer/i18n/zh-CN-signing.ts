/** Texts about how a consent is signed. */
export const zhSigning = {
  signing: {
    way: '签名',
    required: '须签名',
    ways: { screen: '在屏幕上', paper: '在纸上', attested: '经办人证明' },
    paperText: '请先点“打印告知书”，由本人在纸上签字；签好的告知书由单位保存。',
    reasonAsked: '原因：',
    reason: { 'cannot-write': '本人不会写字', 'hand-injured': '手部不便', 'no-device': '没有签名设备' },
    was: {
      none: '在屏幕上勾选同意，未签名',
      screen: '在屏幕上签名',
      paper: '在纸质告知书上签名',
      attested: '经办人{{by}}逐条朗读并证明本人同意（{{reason}}）',
    },
    requiredTitle: '告知同意须签名',
    requiredText: '打开后，只勾选不能继续：须在屏幕或纸上签名，或由经办人朗读并证明，并写入记录。',
    language: { 'zh-CN': '中文', en: '英文' },
  },
} as const;
