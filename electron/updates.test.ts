import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { UpdateState } from '../native-bridge/contract/update-calls.ts';
import { type Policy, policyFile, readPolicy } from './deployment-policy.ts';
import { shellItem } from './security-items.ts';
import { startUpdates, updatePlan } from './updates.ts';

let resources = '';
beforeEach(() => (resources = mkdtempSync(join(tmpdir(), 'updates-'))));
afterEach(() => rmSync(resources, { recursive: true, force: true }));

const policy: Policy = { update: { url: 'https://updates.example/', channel: 'latest' } };
const facts = () => ({ platform: 'win32' as const, isPackaged: true, resources, policy });
const signed = (text: string) => writeFileSync(join(resources, 'app-update.yml'), text);

class UpdaterDouble extends EventEmitter {
  autoDownload = false;
  autoInstallOnAppQuit = false;
  allowDowngrade = true;
  allowPrerelease = true;
  disableWebInstaller = false;
  logger: null | Console = console;
  readonly setFeedURL = vi.fn();
  readonly checkForUpdates = vi.fn().mockResolvedValue(null);
}

describe(shellItem('updates are signed, and off without an address'), () => {
  it('double: off without an address', () => {
    signed('publisherName:\n  - CN=Enrol Desk\n');
    expect(updatePlan({ ...facts(), policy: {} })).toEqual({ isOn: false, reason: 'no address' });
  });

  it.each(['', 'provider: generic\n', 'publisherName:\n', 'publisherName: \nprovider: generic\n'])(
    'double: off in a package that names no publisher: %j',
    (text) => {
      signed(text);
      expect(updatePlan(facts())).toEqual({ isOn: false, reason: 'not signed' });
    },
  );

  it('double: off where no signature is checked, and in the project’s folder', () => {
    signed('publisherName:\n  - CN=Enrol Desk\n');
    expect(updatePlan({ ...facts(), platform: 'linux' })).toMatchObject({ isOn: false });
    expect(updatePlan({ ...facts(), isPackaged: false })).toMatchObject({ isOn: false });
  });

  it('double: on with both, in the background, put in place at the end, never an older one', async () => {
    signed('provider: generic\npublisherName:\n  - CN=Enrol Desk\n');
    const updater = new UpdaterDouble();
    const said: string[] = [];
    await startUpdates(
      facts(),
      { log: (line) => said.push(line), tell: () => undefined },
      async () => updater as never,
    );
    expect(updater).toMatchObject({
      autoDownload: true,
      autoInstallOnAppQuit: true,
      allowDowngrade: false,
      allowPrerelease: false,
      disableWebInstaller: true,
    });
    expect(updater.setFeedURL).toHaveBeenCalledWith({
      provider: 'generic',
      url: 'https://updates.example/',
      channel: 'latest',
    });
    expect(updater.checkForUpdates).toHaveBeenCalledOnce();
    updater.emit('error', Object.assign(new Error('https://updates.example/ secret'), { code: 'ERR_UPDATER' }));
    expect(said).toEqual(['updates: failed, ERR_UPDATER']);
  });

  it('double: electron-updater is not even loaded while they are off', async () => {
    const load = vi.fn();
    const told: UpdateState[] = [];
    await startUpdates({ ...facts(), policy: {} }, { log: () => undefined, tell: (state) => told.push(state) }, load);
    expect(told).toEqual([{ source: { kind: 'package', reason: 'no-address' }, work: { kind: 'resting' } }]);
    expect(load).not.toHaveBeenCalled();
  });

  it.each([
    ['{ "update": { "url": "http://updates.example/" } }', 'update.url'],
    ['{ "update": { "url": "https://updates.example/", "chanel": "beta" } }', 'update'],
    ['{ "updates": {} }', '(whole)'],
    ['{ "proxy": { "url": "socks5://proxy:1080" } }', 'proxy.url'],
    ['{ "proxy": { "url": "http://proxy:8080", "except": ["a b"] } }', 'proxy.except.0'],
    ['{', 'not JSON'],
  ])('double: a faulty policy is told and not used: %s', (text, fault) => {
    const path = join(resources, 'policy.json');
    writeFileSync(path, text);
    expect(readPolicy(path)).toEqual({ policy: {}, fault });
  });

  it('double: a proxy is laid down with what is reached without it', () => {
    const path = join(resources, 'policy.json');
    const proxy = { url: 'http://proxy:8080', except: ['.intranet.example'] };
    writeFileSync(path, JSON.stringify({ proxy }));
    expect(readPolicy(path)).toEqual({ policy: { proxy } });
  });

  it('double: without a policy nothing is laid down', () => {
    expect(readPolicy(join(resources, 'none.json'))).toEqual({ policy: {} });
    expect(policyFile('linux', {})).toBe('/etc/enrol-desk/policy.json');
    expect(policyFile('win32', { ProgramData: 'D:' })).toContain('EnrolDesk');
  });
});
