import { entry } from './entry.ts';

export const readerErrors = {
  'reader.not-found': entry(
    'retry',
    '未找到读卡器，请检查 USB 连接',
    'No ID-card reader found, please check its USB cable',
  ),
  'reader.no-answer': entry('retry', '读卡器没有响应，正在重新连接', 'The reader does not answer, reconnecting'),
  'reader.port-denied': entry('ask-operator', '没有权限打开读卡器端口', 'No permission to open the reader port'),
  'reader.port-busy': entry('ask-operator', '读卡器端口被其他程序占用', 'Another program is using the reader port'),
  'reader.unplugged': entry('retry', '读卡器已断开，请重新插好', 'The reader was unplugged, please plug it in again'),
  'reader.link-fault': entry('retry', '通讯校验错误，正在重试', 'Transmission error, trying again'),
  'reader.self-test-failed': entry(
    'stop',
    '读卡器自检失败，请更换读卡器',
    'The reader failed its self-test, please replace it',
  ),
  'reader.not-authorised': entry(
    'stop',
    '安全模块未授权，请联系读卡器厂家',
    'The security module is not authorised, please contact the maker',
  ),
  'reader.login-failed': entry(
    'stop',
    '读卡器登录失败，请联系读卡器厂家',
    'The reader refused the login, please contact the maker',
  ),
  'reader.module-fault': entry('retry', '读卡器异常，正在复位', 'The reader reports a fault, resetting it'),
  'reader.port-unavailable': entry(
    'retry',
    '读卡器端口无法打开，请检查连接和端口设置',
    'The reader port cannot be opened, check the cable and the port setting',
  ),
  'reader.silent-port': entry(
    'retry',
    '此端口没有读卡器应答，请检查端口选择和读卡器电源',
    'No reader answers on this port at any speed, check the port and the power of the reader',
  ),
  'reader.usb-not-configured': entry(
    'ask-operator',
    'USB 读卡器未就绪，请重新插拔并检查驱动程序',
    'The USB reader is not configured, plug it in again and check its driver',
  ),
  'reader.driver-missing': entry(
    'ask-operator',
    '已发现 USB 读卡器，但无法访问：请安装厂家驱动或授予设备权限',
    "A USB reader is there but cannot be opened: install the maker's driver or allow access to the device",
  ),
  'reader.library-unusable': entry(
    'ask-operator',
    '读卡器厂家的程序库无法使用，请检查安装',
    "The maker's reader library cannot be used, check its installation",
  ),
  'reader.pcsc-unavailable': entry(
    'retry',
    '智能卡服务未运行，PC/SC 读卡器暂不可用',
    'The smart-card service is not running, PC/SC readers are not available',
  ),
  'reader.busy': entry('retry', '读卡器正在使用中，请稍候再试', 'The reader is in use, please try again in a moment'),
  'reader.other-reader': entry(
    'ask-operator',
    '这不是本台绑定的读卡器，请核对后重新绑定',
    'This is not the reader that is bound to this station, check it and bind it anew',
  ),
  'reader.command-refused': entry('retry', '读卡器不支持该命令', 'The reader does not support this command'),
  'reader.unknown-status': entry('retry', '读卡器返回未知状态', 'The reader returned an unknown status'),
} as const;
