/** The line on the Queue screen that says how far the sending is. */
export const zhDelivery = {
  delivery: {
    sending: '正在上传 {{done}}/{{total}}',
    rate: '每分钟 {{count}} 条',
    minutesLeft: '约剩 {{minutes}} 分钟',
    hoursLeft: '约剩 {{hours}} 小时',
  },
} as const;
