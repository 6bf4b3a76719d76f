import type { Messages } from './zh-CN.ts';

/** English texts about kinds of platforms and about trying a connection out. */
export const enPlatform: Pick<Messages, 'platformLink'> = {
  platformLink: {
    dialect: 'Kind of platform',
    apiKey: 'Account (api_key)',
    deviceSerial: 'Device serial',
    deviceSecret: 'Secret',
    enterpriseKey: 'Enterprise key',
    certificatePins: 'Certificate fingerprint (SHA-256, optional)',
    badPins: '64 hexadecimal digits each, at most 4, separated by spaces',
    badSerial: 'Letters, digits, - or _, 40 at most',
    faulty: 'Dialect files with mistakes, not used: {{files}}',
    test: 'Test connection',
    testing: 'Testing',
    testTitle: 'Connection test',
    testText: 'Asks only, sends no data',
    step: {
      settings: 'What was typed in',
      address: 'Address reachable',
      tls: 'Encrypted (TLS)',
      clock: 'Clocks agree',
      sign: 'Signature accepted',
      permission: 'Account in order',
      functions: 'What it may do',
    },
    state: { ok: 'fine', warning: 'look at this', trouble: 'trouble', skipped: 'not tested' },
    plainHttp: 'Not encrypted; use https where the platform has it',
    untrusted: 'No encrypted connection that can be trusted: {{reason}}',
    unreachable: 'No connection: {{reason}}',
    clockOff: 'The platform is {{seconds}} s ahead of this machine',
    clockBehind: 'The platform is {{seconds}} s behind this machine',
    clockSame: 'Less than 1 s apart',
    mayNot: 'Not available: {{names}}',
  },
};
