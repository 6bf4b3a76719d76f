import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signature, type SignedParts } from './signature.ts';

const guangxi = { signHex: 'upper', signsDeviceSerial: true } as const;
const device = { api_key: 'demo-key', api_version: '1.0', client_serial: 'FT00000001' };
const noon = '2024-01-01 12:00:00';

const signin = '{"version_list":[{"current_version":"1.0","version_type":"main"}]}';
const passes =
  '[{"person_type":1,"person_id":"E0001","person_name":"张三","passed_time":"2024-01-01 12:00:00",' +
  '"direction":"in","way":1,"site_photo":""}]';

// Computed with the OpenSSL command line for made-up keys.
test.each([
  ['{}', noon, '36869275441C1EA9EF528F161F8EF4E3'],
  [signin, noon, 'CCA63F990D112FCE45DF1774D9828408'],
  [passes, '2024-01-01 12:00:01', 'EB8E937E4F018FACC58F691265B99DE5'],
])('agrees with OpenSSL, case %#', (body, timestamp, expected) => {
  expect(signature({ ...device, body, timestamp }, 'demo-secret', guangxi)).toBe(expected);
});

const meizhou: SignedParts = {
  api_key: 'test',
  api_version: '1.0',
  body: '{"client_version":"1.1.0.0"}',
  client_serial: 'never signed there',
  timestamp: '2016-06-10 09:05:03',
};

test('leaves the serial out for platforms that do not sign it', () => {
  const form = { signHex: 'upper', signsDeviceSerial: false } as const;
  expect(signature(meizhou, 'test', form)).toBe('88C5FE67B3DBE1C45F66B6E42A7D8F7C');
});

test('writes the digits in the case that the platform wants', () => {
  const parts = { ...device, body: '{}', timestamp: noon };
  const lower = signature(parts, 'demo-secret', { ...guangxi, signHex: 'lower' });
  expect(lower).toBe('36869275441c1ea9ef528f161f8ef4e3');
});

test('covers every part and the secret', () => {
  const parts = { ...device, body: '{}', timestamp: noon };
  const changes = fc.constantFrom(...(Object.keys(parts) as (keyof SignedParts)[]));
  const whole = signature(parts, 'demo-secret', guangxi);
  fc.assert(
    fc.property(changes, fc.string({ minLength: 1 }), (name, added) => {
      expect(signature({ ...parts, [name]: parts[name] + added }, 'demo-secret', guangxi)).not.toBe(whole);
    }),
  );
  expect(signature(parts, 'demo-secreT', guangxi)).not.toBe(whole);
});
