import { startSandbox } from '../../native-bridge/platform/sandbox/sandbox.ts';
import type { InteropOptions } from './run-interop.ts';

/** Runs `work` against a reference platform of one's own on this machine, with its published account. */
export async function withOwnSandbox(
  dialect: string,
  driver: 'national' | 'cwr',
  work: (options: InteropOptions) => Promise<void>,
): Promise<void> {
  const sandbox = await startSandbox({ asyncDelayMs: 0 });
  try {
    const [account] = sandbox.accounts;
    const [project] = account?.projects ?? [];
    const [corp] = project?.corps ?? [];
    const [device] = sandbox.deviceAccounts;
    if (!account || !project || !corp || !device) throw new Error('the sandbox has no account');
    const access =
      driver === 'national'
        ? { url: sandbox.url, appid: account.appid, secret: account.secret, deviceSerial: '' }
        : {
            ...{ url: sandbox.deviceUrl, appid: device.apiKey, secret: device.secret },
            deviceSerial: device.devices[0]?.serial ?? '',
          };
    await work({ ...access, dialect, projectCode: project.projectCode, ...corp, teamName: '联调班组', pollMs: 20 });
  } finally {
    await sandbox.stop();
  }
}
