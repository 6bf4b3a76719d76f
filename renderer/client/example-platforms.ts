import type { ConnectionStep } from '../../native-bridge/contract/platform-calls.ts';
import type { Result } from '../../native-bridge/contract/station.ts';

/* Kinds of platforms and a connection test for looking at the screens; not part of the product. */

export const exampleDialects: Result<'settings.dialects'> = {
  dialects: [
    {
      name: 'national',
      driver: 'national',
      title: { zh: '全国建筑工人管理服务信息平台', en: 'National platform (open.api)' },
      needsEnterpriseKey: false,
    },
    {
      name: 'guangxi-cwr',
      driver: 'cwr',
      title: { zh: '广西桂建通（CWRService 设备协议）', en: 'Guangxi, devices (CWRService)' },
      needsEnterpriseKey: false,
    },
    {
      name: 'fujian-corpsign',
      driver: 'national',
      title: { zh: '福建省实名制平台（企业密钥）', en: 'Fujian, with enterprise key (open.api)' },
      needsEnterpriseKey: true,
    },
  ],
  faulty: [],
};

export const exampleConnectionSteps: readonly ConnectionStep[] = [
  { step: 'settings', state: 'ok' },
  { step: 'address', state: 'ok' },
  { step: 'tls', state: 'warning' },
  { step: 'clock', state: 'warning', seconds: -84 },
  { step: 'sign', state: 'ok' },
  { step: 'permission', state: 'ok' },
  {
    step: 'functions',
    state: 'warning',
    functions: [
      { name: 'Signin' },
      { name: 'KeepAlive' },
      { name: 'QueryEmpListHash' },
      { name: 'DictListWorkTypeName', error: { code: 'platform.dialect-refused' } },
    ],
  },
];
