import { describe, expect, it } from 'vitest';
import { projectConnectionSchema, shownConnection } from './project-connection.ts';

const place = {
  url: 'http://127.0.0.1/open.api',
  projectCode: 'TEST0001',
  projectName: '示例项目',
  corpCode: '91459999TEST00001X',
  corpName: '示例建筑劳务有限公司',
};
const earlier = { ...place, appid: 'TEST0001', secret: 'x'.repeat(32) };
const device = { ...place, driver: 'cwr', dialect: 'guangxi-cwr', apiKey: 'K', secret: 'device-secret' } as const;

describe('a project connection', () => {
  it('of a time with one kind of platform is one to the national platform', () => {
    expect(projectConnectionSchema.parse(earlier)).toEqual({ ...earlier, driver: 'national', dialect: 'national' });
  });

  it('is shown without its secrets', () => {
    const key = projectConnectionSchema.parse({ ...earlier, enterpriseKey: 'ENTKEY' });
    const serial = projectConnectionSchema.parse({ ...device, deviceSerial: 'FT00000001' });
    expect(shownConnection(key)).not.toHaveProperty('secret');
    expect(shownConnection(key)).not.toHaveProperty('enterpriseKey');
    expect(shownConnection(serial)).toMatchObject({ apiKey: 'K', deviceSerial: 'FT00000001' });
    expect(JSON.stringify(shownConnection(serial))).not.toContain('device-secret');
  });

  it.each([
    ['a device without its serial', device],
    ['a driver that nobody has', { ...device, driver: 'glodon' }],
    ['a path in place of a dialect', { ...device, deviceSerial: 'FT00000001', dialect: '../secrets' }],
    ['an address of another protocol', { ...earlier, url: 'file:///etc/passwd' }],
    ['no object', 'text'],
  ])('is refused: %s', (_what, value) => {
    expect(projectConnectionSchema.safeParse(value).success).toBe(false);
  });
});
