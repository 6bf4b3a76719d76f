import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { ProjectConnection } from '../native-bridge/contract/project-connection.ts';
import { startSandbox, type Sandbox } from '../native-bridge/platform/sandbox/sandbox.ts';
import { SettingsDesk } from '../native-bridge/station/settings-desk.ts';
import { Desk, expect, test } from './desk.ts';
import { onData, sealRecords, shellKeyFile } from './devices/real-station.ts';
import { EnrolPage } from './pages/enrol-page.ts';

const administrator = { name: '莫管理', password: 'nine lives of a cat' };

/** What a platform hands to those who connect a project to it. */
function handedOut({ url, accounts: [account] }: Sandbox) {
  const [project] = account?.projects ?? [];
  const [corp] = project?.corps ?? [];
  if (account === undefined || project === undefined || corp === undefined)
    throw new Error('the sandbox has no project');
  const { appid, secret } = account;
  const { projectCode } = project;
  return {
    url,
    appid,
    secret,
    projectCode,
    projectName: '示例项目一期',
    corpCode: corp.corpCode,
    corpName: corp.corpName,
  };
}

async function signIn(page: Page): Promise<void> {
  await page.getByTestId('sign-in-name').fill(administrator.name);
  await page.getByTestId('sign-in-password').fill(administrator.password);
  await page.keyboard.press('Enter');
}

async function showQueue(page: Page, records: number): Promise<void> {
  await page.getByTestId('nav-queue').click();
  await expect(page.getByTestId('open-record')).toHaveCount(records);
}

test('a new station is connected to a project by the assistant, and its recovery key brings it back', async ({
  desk,
}) => {
  test.slow();
  const sandbox = await startSandbox();
  const firstRun = await desk.unpack('empty');
  await firstRun.at('language');
  await firstRun.goOn();
  await firstRun.nameAdministrator(administrator);
  await firstRun.at('recovery-key');
  const recoveryKey = await firstRun.keepRecoveryKey();
  await firstRun.at('reader');
  await firstRun.goOn();
  await firstRun.at('camera');
  await firstRun.pairCamera();
  await firstRun.at('project');
  await firstRun.connectProject(handedOut(sandbox));
  const { page } = firstRun;
  await new EnrolPage(page).screen.waitFor();
  await expect(page.getByTestId('frame')).toHaveAttribute('data-practice', 'false');
  await expect(page.getByTestId('practice-sign')).toHaveCount(0);

  await sandbox.stop();
  await desk.powerCut();
  sealRecords(desk.dataFolder, 3);
  // As after a new installation of the system, which took the shell's key with it.
  renameSync(shellKeyFile(desk.dataFolder), `${shellKeyFile(desk.dataFolder)}.lost`);
  const again = await desk.arrive();
  await again.getByTestId('recovery-key').fill('AAAAA-AAAAA-AAAAA-AAAAA-AAAAA-AAAAA-AAAAA-AAAAA');
  await again.keyboard.press('Enter');
  await expect(again.locator('.ant-message-error')).toBeVisible();
  await again.getByTestId('recovery-key').fill(recoveryKey.toLowerCase());
  await again.keyboard.press('Enter');
  await signIn(again);
  await showQueue(again, 3);

  // The new key of the shell opens it from now on.
  await desk.powerCut();
  const later = await desk.arrive();
  await signIn(later);
  await showQueue(later, 3);
});

/** Nobody listens there: what is sealed waits. */
const silent: ProjectConnection = {
  ...{ driver: 'national', dialect: 'national', url: 'http://127.0.0.1:9/open.api' },
  ...{ appid: 'example', secret: '0123456789abcdef0123456789abcdef', projectCode: '450000202600000001' },
  ...{ projectName: '示例项目', corpCode: '91450000MA00000001', corpName: '示例劳务公司' },
};

/** A station of a real project with so many unsent records, opened by its first administrator. */
async function stationWith(desk: Desk, records: number): Promise<Page> {
  onData(desk.dataFolder, (store) => (new SettingsDesk(store, store, undefined).connection = silent));
  sealRecords(desk.dataFolder, records);
  const page = await desk.arrive();
  await page.getByTestId('first-name').fill(administrator.name);
  await page.getByTestId('first-password').fill(administrator.password);
  await page.getByTestId('first-repeat').fill(administrator.password);
  await page.keyboard.press('Enter');
  await showQueue(page, records);
  return page;
}

async function chooseFolder(page: Page, folder: string): Promise<void> {
  await page.getByTestId('other-folder').click();
  await page.getByTestId('transfer-folder').fill(folder);
  await page.getByTestId('use-folder').click();
}

test('records are handed over on a stick from one station to another', async ({ desk, studio }) => {
  test.slow();
  const other = new Desk(studio);
  const stick = mkdtempSync(join(tmpdir(), 'enrol-desk-stick-'));
  const from = await stationWith(desk, 3);
  await from.getByTestId('open-export').click();
  await chooseFolder(from, stick);
  await expect(from.getByTestId('export-found')).toContainText('3');
  await expect(from.getByTestId('export-passphrase')).not.toHaveValue('');
  const passphrase = await from.getByTestId('export-passphrase').inputValue();
  await from.getByTestId('start-export').click();
  await expect(from.getByTestId('transfer-done')).toContainText('3');
  await from.getByTestId('transfer-finish').click();

  const to = await stationWith(other, 0);
  await to.getByTestId('open-import').click();
  await chooseFolder(to, stick);
  await to.getByTestId('import-passphrase').fill('not the right words');
  await to.getByTestId('unknown-sender').getByRole('checkbox').check();
  await to.getByTestId('start-import').click();
  await expect(to.getByTestId('transfer-failed')).toBeVisible();
  await to.getByTestId('transfer-finish').click();
  await to.getByTestId('import-passphrase').fill(passphrase);
  await to.getByTestId('unknown-sender').getByRole('checkbox').check();
  await to.getByTestId('start-import').click();
  await expect(to.getByTestId('count-entered')).toContainText('3');
  await to.getByTestId('transfer-finish').click();
  await to.keyboard.press('Escape');
  await expect(to.getByTestId('open-record')).toHaveCount(3);
  await other.close();
  rmSync(stick, { recursive: true });
  expect(other.consoleErrors).toEqual([]);
});
