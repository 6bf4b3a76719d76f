import { X509Certificate } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import type { ConnectionStep } from '../contract/platform-calls.ts';
import type { ProjectConnection } from '../contract/project-connection.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../platform/sandbox/sandbox.ts';
import { testCertificate } from '../platform/sandbox/test-certificate.ts';
import { testConnection } from './connection-test.ts';
import { DialectShelf } from './dialect-shelf.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function sandboxWith(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  cleanups.push(() => sandbox.stop());
  return sandbox;
}

type Connections = { [D in ProjectConnection['driver']]: Extract<ProjectConnection, { driver: D }> };

function connectionsTo(sandbox: Sandbox): Connections {
  const [account] = sandbox.accounts;
  const [project] = account?.projects ?? [];
  const [corp] = project?.corps ?? [];
  const [device] = sandbox.deviceAccounts;
  if (!account || !project || !corp || !device) throw new Error('no account');
  const place = { projectCode: project.projectCode, projectName: '示例项目', ...corp };
  const { apiKey, secret, devices } = device;
  const deviceSerial = devices[0]?.serial ?? '';
  return {
    national: {
      driver: 'national',
      dialect: 'national',
      url: sandbox.url,
      ...place,
      appid: account.appid,
      secret: account.secret,
    },
    cwr: { driver: 'cwr', dialect: 'guangxi-cwr', url: sandbox.deviceUrl, ...place, apiKey, secret, deviceSerial },
  };
}

const shelf = new DialectShelf();
const statesOf = (steps: readonly ConnectionStep[]) => steps.map(({ state }) => state).join(' ');
const errorIn = (steps: readonly ConnectionStep[]) => steps.find(({ error }) => error !== undefined);

describe.each(['national', 'cwr'] as const)('trying out a connection over %s', (driver) => {
  it('finds everything in order, but says that http is open', async () => {
    const sandbox = await sandboxWith();
    const steps = await testConnection(connectionsTo(sandbox)[driver], shelf);
    expect(steps.map(({ step }) => step)).toEqual([
      'settings',
      'address',
      'tls',
      'clock',
      'sign',
      'permission',
      'functions',
    ]);
    expect(statesOf(steps)).toBe('ok ok warning ok ok ok ok');
    expect(steps.at(-1)?.functions?.length).toBeGreaterThan(2);
    expect(await sandbox.workers()).toEqual([]);
    expect(await sandbox.teams()).toEqual([]);
  });

  it('says that nobody answers at the address', async () => {
    const sandbox = await sandboxWith();
    const connection = connectionsTo(sandbox)[driver];
    await sandbox.stop();
    const steps = await testConnection(connection, shelf);
    expect(statesOf(steps)).toBe('ok trouble skipped skipped skipped skipped skipped');
    expect(errorIn(steps)?.error).toEqual({ code: 'platform.unreachable', detail: 'ECONNREFUSED' });
  });

  it('says that the secret is wrong', async () => {
    const connection = { ...connectionsTo(await sandboxWith())[driver], secret: 'x'.repeat(32) };
    const steps = await testConnection(connection, shelf);
    expect(errorIn(steps)).toMatchObject({ step: 'sign', error: { code: 'platform.sign-refused' } });
    expect(statesOf(steps)).toBe('ok ok warning ok trouble skipped skipped');
    expect(JSON.stringify(steps)).not.toContain('xxxx');
  });

  it('says that the account may not', async () => {
    const sandbox = await sandboxWith();
    sandbox.setFaults({ authRevoked: true });
    const steps = await testConnection(connectionsTo(sandbox)[driver], shelf);
    expect(errorIn(steps)).toMatchObject({ step: 'permission', error: { code: 'platform.no-permission' } });
  });

  it('says which single function the account may not use', async () => {
    const sandbox = await sandboxWith();
    const refused = driver === 'national' ? 'ProjectWorker.Query' : 'QueryEmpListHash';
    sandbox.setFaults({ authRevoked: true, onlyMethods: [refused] });
    const steps = await testConnection(connectionsTo(sandbox)[driver], shelf);
    expect(statesOf(steps)).toBe('ok ok warning ok ok ok warning');
    expect(steps.at(-1)?.functions?.filter(({ error }) => error)).toMatchObject([{ name: refused }]);
  });

  it('tells a clock that is two minutes off', async () => {
    const sandbox = await sandboxWith({ now: () => Date.now() + 120_000 });
    const steps = await testConnection(connectionsTo(sandbox)[driver], shelf);
    const clock = steps.find(({ step }) => step === 'clock');
    expect(clock?.state).toBe('warning');
    expect(Math.abs((clock?.seconds ?? 0) - 120)).toBeLessThanOrEqual(2);
  });

  it('says that something other than a platform answers', async () => {
    const server = createServer((request, response) => {
      request.resume();
      response.end('<html></html>');
    }).listen(0, '127.0.0.1');
    cleanups.push(() => server.close());
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/open.api`;
    const steps = await testConnection({ ...connectionsTo(await sandboxWith())[driver], url }, shelf);
    expect(errorIn(steps)).toMatchObject({ step: 'sign', error: { code: 'platform.captive-portal' } });
  });

  it('says that the certificate is not the pinned one, and asks nothing then', async () => {
    const usual = getCACertificates('default');
    setDefaultCACertificates([...usual, testCertificate.certificate]);
    cleanups.push(() => setDefaultCACertificates(usual));
    const sandbox = await sandboxWith({ tls: testCertificate });
    const connection = connectionsTo(sandbox)[driver];
    const { fingerprint256 } = new X509Certificate(testCertificate.certificate);
    const right = await testConnection({ ...connection, certificatePins: fingerprint256 }, shelf);
    expect(errorIn(right)).toBeUndefined();
    const asked = (await sandbox.requests()).length;
    const wrong = await testConnection({ ...connection, certificatePins: 'AB'.repeat(32) }, shelf);
    expect(errorIn(wrong)).toMatchObject({ step: 'tls', error: { code: 'platform.wrong-certificate' } });
    expect(await sandbox.requests()).toHaveLength(asked);
  });

  it('says that there is no TLS where https was typed', async () => {
    const sandbox = await sandboxWith();
    const connection = connectionsTo(sandbox)[driver];
    const url = connection.url.replace('http:', 'https:');
    const steps = await testConnection({ ...connection, url }, shelf);
    expect(errorIn(steps)).toMatchObject({ step: 'tls', error: { code: 'platform.unreachable' } });
  });

  it('says that the dialect is missing or of another driver', async () => {
    const connection = connectionsTo(await sandboxWith())[driver];
    for (const dialect of ['atlantis', driver === 'national' ? 'guangxi-cwr' : 'national']) {
      const steps = await testConnection({ ...connection, dialect }, shelf);
      expect(errorIn(steps)).toMatchObject({ step: 'settings', error: { code: 'platform.bad-dialect' } });
    }
  });
});

describe('trying out a device', () => {
  it('says that the clocks are too far apart', async () => {
    const sandbox = await sandboxWith({ now: () => Date.now() - 3_600_000 });
    const steps = await testConnection(connectionsTo(sandbox).cwr, shelf);
    expect(statesOf(steps)).toBe('ok ok warning trouble skipped skipped skipped');
    expect(errorIn(steps)).toMatchObject({ step: 'clock', error: { code: 'platform.clock-wrong' } });
  });

  it.each([
    ['platform.device-unknown', { deviceSerial: 'FT99999999' }],
    ['platform.wrong-project', { projectCode: 'OTHER' }],
  ])('says %s after the signature was accepted', async (code, changes) => {
    const steps = await testConnection({ ...connectionsTo(await sandboxWith()).cwr, ...changes }, shelf);
    expect(statesOf(steps)).toBe('ok ok warning ok ok trouble skipped');
    expect(errorIn(steps)?.error?.code).toBe(code);
  });
});

it('asks for the enterprise key where the dialect needs one', async () => {
  const enterpriseKey = 'ENTKEY';
  const sandbox = await sandboxWith();
  const [account] = sandbox.accounts;
  if (!account) throw new Error('no account');
  const strict = await sandboxWith({ accounts: [{ ...account, enterpriseKey }] });
  const connection = { ...connectionsTo(strict).national, dialect: 'fujian-corpsign' };
  expect(errorIn(await testConnection(connection, shelf))).toMatchObject({
    step: 'settings',
    error: { code: 'platform.not-configured' },
  });
  expect(statesOf(await testConnection({ ...connection, enterpriseKey }, shelf))).toBe('ok ok warning ok ok ok ok');
  const wrong = await testConnection({ ...connection, enterpriseKey: 'OTHER' }, shelf);
  expect(errorIn(wrong)).toMatchObject({ step: 'sign', error: { code: 'platform.sign-refused' } });
});
