/** Texts about the station's examination of itself. */
export const zhDiagnostics = {
  diagnostics: {
    title: '整机检查',
    text: '逐项检查本台；支持文件不含任何个人信息，保存后可先打开查看。',
    examine: '全部检查',
    bundle: '保存支持文件',
    state: { ok: '正常', warning: '注意', trouble: '故障', skipped: '不适用' },
    hint: {
      'recovery-key': '还没有恢复密钥，请在“设置 → 备份与密钥”里生成',
      'key-store': '密钥未受系统保护，或密钥库与上次不同',
      readers: '还没有找到读卡器',
      log: '运行日志写不进去',
    },
    step: {
      'data-folder': '数据文件夹',
      disk: '磁盘空间',
      'data-file': '数据文件',
      'key-store': '系统密钥库',
      'recovery-key': '恢复密钥',
      backups: '备份',
      'face-engine': '人脸比对',
      readers: '读卡器',
      'portrait-decoder': '证件照片解码',
      clock: '时钟',
      platform: '平台',
      log: '运行日志',
      printer: '打印机',
    },
  },
} as const;
