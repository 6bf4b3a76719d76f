/** Texts about updates of the program, and about how far bytes are. */
export const zhUpdates = {
  updates: {
    title: '程序更新',
    version: '当前版本 {{version}}',
    server: {
      latest: '自动更新：每 6 小时从单位的更新服务器查找，下载后在退出程序时安装，不打断登记。',
      beta: '自动更新（测试版通道）：每 6 小时从单位的更新服务器查找，下载后在退出程序时安装，不打断登记。',
    },
    package: {
      'browser-shell': '浏览器方式运行，本程序不自己下载更新：新版本由管理员安装程序包。',
      'no-address':
        '没有设置更新服务器，本程序不自己下载更新：新版本由管理员安装程序包。需要自动更新时，请在策略文件里写更新地址。',
      'not-packaged': '从程序文件夹直接运行，不自己下载更新。',
      'not-on-this-system': '在这个系统上不自己下载更新：新版本由系统的软件源安装。',
      'not-signed': '程序包没有签名，不自己下载更新，因为无法确认新版本来自谁：新版本由管理员安装程序包。',
    },
    looking: '正在查找更新',
    never: '本次启动后还没有查找过。',
    last: {
      'none-newer': '{{time}} 查找：已是最新版本。',
      found: '{{time}} 查找：有新版本 {{version}}。',
      failed: '{{time}} 查找或下载没有成功（{{code}}），6 小时内会再试。请检查网络和更新服务器。',
      cancelled: '{{time}} 停止了下载 {{version}}；下次查找时会重新下载。',
    },
    fetching: '正在下载 {{version}}',
    waiting: '{{version}} 已下载并核对，退出程序时安装。',
    look: '现在查找',
    cancel: '停止下载',
  },
  bytes: {
    done: '{{done}} / {{total}}',
    rate: '每秒 {{rate}}',
    seconds: '还需约\u00a0{{count}}\u00a0秒',
    minutes: '还需约\u00a0{{count}}\u00a0分钟',
  },
} as const;
