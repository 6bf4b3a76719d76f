import { afterEach, expect, it } from 'vitest';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../native-bridge/platform/sandbox/sandbox.ts';
import { runInterop } from './run-interop.ts';
import type { InteropStep } from './step.ts';

const running: Sandbox[] = [];
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.stop();
});

const corp = { corpCode: '91459999TEST00001X', corpName: '示例建筑劳务有限公司' };

async function run(driver: 'national' | 'cwr', options: SandboxOptions = {}, change: { secret?: string } = {}) {
  const sandbox = await startSandbox({ asyncDelayMs: 0, ...options });
  running.push(sandbox);
  const [account] = sandbox.accounts;
  const [device] = sandbox.deviceAccounts;
  if (!account || !device) throw new Error('no account');
  const place = { projectCode: 'SANDBOXPROJECT0001', ...corp, teamName: '联调班组' };
  const access =
    driver === 'national'
      ? { url: sandbox.url, appid: account.appid, secret: account.secret, dialect: 'national', deviceSerial: '' }
      : {
          url: sandbox.deviceUrl,
          appid: device.apiKey,
          secret: device.secret,
          dialect: 'guangxi-cwr',
          deviceSerial: 'FT00000001',
        };
  const steps: InteropStep[] = [];
  const lines: string[] = [];
  await runInterop(
    { ...place, ...access, ...change, pollMs: 1 },
    (step) => steps.push(step),
    (line) => lines.push(line),
  );
  return { sandbox, steps, lines };
}

const nationalSteps = [
  'upload the company: done',
  'add 5 workers: done',
  'add 2 workers: done',
  'report the entry of 12: done',
  'report 5 contracts: done',
  'report 2 contracts: done',
  'report a training of 12: done',
  'ask back: worker: 12 of 12 as sent',
  'ask back: entry-exit: 12 of 12 as sent',
  'ask back: contract: 12 of 12 as sent',
  'ask back: training: 12 of 12 as sent',
  'ask back: the changed worker: 1 of 1 as sent',
];

it.each(['national', 'cwr'] as const)('runs the whole sequence of %s against the sandbox', async (driver) => {
  const { sandbox, steps, lines } = await run(driver);
  expect(steps.filter(({ agrees }) => !agrees)).toEqual([]);
  const [worker] = await sandbox.workers();
  expect(await sandbox.workers()).toHaveLength(12);
  const taken = steps.map(({ step, found }) => `${step}: ${found}`);
  expect(taken).toEqual(expect.arrayContaining(driver === 'national' ? nationalSteps : ['send a pass: done']));
  const shown = lines.join('\n');
  for (const hidden of [worker?.idCardNumber ?? '?', sandbox.accounts[0]?.secret ?? '?', '/9j/', '韦试样']) {
    expect(shown).not.toContain(hidden);
  }
  expect(shown).toContain(driver === 'national' ? 'ProjectWorker.Add' : 'RegisterEmployee');
});

it('tells what does not agree and goes on', async () => {
  const { steps } = await run('cwr', {}, { secret: 'other' });
  expect(steps.every(({ agrees }) => !agrees)).toBe(true);
  expect(steps[0]?.found).toContain('platform.sign-refused');
});
