import type { CameraControlName } from '../../native-bridge/contract/camera.ts';

const controls = {
  exposureMode: '曝光方式',
  exposureTime: '曝光时间',
  exposureCompensation: '曝光补偿',
  focusMode: '对焦方式',
  focusDistance: '对焦距离',
  whiteBalanceMode: '白平衡',
  colorTemperature: '色温',
  brightness: '亮度',
  contrast: '对比度',
} as const satisfies Record<CameraControlName, string>;

/** Texts of the cameras on the Devices screen in Chinese. */
export const zhCamera = {
  cameraDevices: {
    title: '摄像头',
    ruleOpen: '还没有配对：任何真实摄像头都可使用，虚拟摄像头一律拒绝。配对后只能使用配对的摄像头。',
    rulePaired: '只能使用已配对的摄像头，其他摄像头和虚拟摄像头一律拒绝。',
    virtual: '虚拟，不可用',
    inUse: '使用中',
    paired: '已配对',
    notPaired: '未配对',
    pair: '配对',
    unpair: '取消配对',
    use: '使用',
    usb: 'USB {{ids}}',
    noUsbIds: '没有 USB 编号',
    size: '分辨率',
    rate: '帧率',
    perSecond: '{{value}} 帧/秒',
    rotation: '旋转',
    mirror: '镜像显示',
    noControls: '此摄像头没有可调的曝光和对焦',
    control: controls,
    mode: { continuous: '自动', manual: '手动', 'single-shot': '单次', none: '固定' },
  },
};
