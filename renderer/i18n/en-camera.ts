import type { Messages } from './zh-CN.ts';

/** Texts of the cameras on the Devices screen in English. */
export const enCamera: Pick<Messages, 'cameraDevices'> = {
  cameraDevices: {
    title: 'Cameras',
    ruleOpen:
      'None is paired yet: any real camera will do, virtual ones are refused. Once one is paired no other can be used.',
    rulePaired: 'Only paired cameras can be used; others and virtual ones are refused.',
    virtual: 'virtual, refused',
    inUse: 'in use',
    paired: 'paired',
    notPaired: 'not paired',
    pair: 'Pair',
    unpair: 'Unpair',
    use: 'Use',
    usb: 'USB {{ids}}',
    noUsbIds: 'no USB ids',
    size: 'Resolution',
    rate: 'Frame rate',
    perSecond: '{{value}} per second',
    rotation: 'Rotation',
    mirror: 'Mirrored view',
    noControls: 'This camera has no exposure or focus to adjust',
    control: {
      exposureMode: 'Exposure',
      exposureTime: 'Exposure time',
      exposureCompensation: 'Compensation',
      focusMode: 'Focus',
      focusDistance: 'Focus distance',
      whiteBalanceMode: 'White balance',
      colorTemperature: 'Temperature',
      brightness: 'Brightness',
      contrast: 'Contrast',
    },
    mode: { continuous: 'automatic', manual: 'manual', 'single-shot': 'once', none: 'fixed' },
  },
};
