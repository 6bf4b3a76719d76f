/** Texts of what is taken step by step: the self-test of a reader and the examination of the whole station. */
export const zhSteps = {
  steps: {
    label: '检查进度',
    progress: '第 {{number}} 项，共 {{total}} 项',
    ending: '第 {{number}} 项做完就停止',
    elapsed: '已用\u00a0{{count}}\u00a0秒',
    took: '用时 {{seconds}} 秒',
    done: '{{total}} 项全部检查完',
    cancelled: '已取消：检查了 {{done}} 项，共 {{total}} 项',
    state: { waiting: '等待', running: '检查中', ok: '正常', warning: '注意', trouble: '故障', skipped: '未检查' },
  },
} as const;
