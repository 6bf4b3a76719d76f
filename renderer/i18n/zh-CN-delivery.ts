/** The line on the Queue screen that says how far the sending is, and its pause. */
export const zhDelivery = {
  delivery: {
    sending: '正在上传 {{done}}/{{total}}',
    rate: '每分钟 {{count}} 条',
    minutesLeft: '约剩 {{minutes}} 分钟',
    hoursLeft: '约剩 {{hours}} 小时',
    pause: '暂停上传',
    resume: '继续上传',
    paused: '上传已暂停，{{time}} 自动继续；重新打开程序也会继续。',
    finishing: '正在等 {{count}} 条的答复，之后不再上传',
    waiting: '{{count}} 条安全地存在本机',
    topPaused: '上传已暂停',
  },
} as const;
