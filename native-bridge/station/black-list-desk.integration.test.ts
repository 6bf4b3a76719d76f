import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import type { BlackListAnswer } from '../contract/enrolment.ts';
import { type StationError } from '../contract/errors.ts';
import { missingOf, demandSealable } from '../enrolment/draft.ts';
import { withBlackList } from '../enrolment/black-list.ts';
import { completeDraft, testFields } from '../enrolment/test-draft.ts';
import { startSandbox } from '../platform/sandbox/sandbox.ts';
import { openStore } from '../store/open-store.ts';
import { BlackListDesk } from './black-list-desk.ts';
import { DialectShelf } from './dialect-shelf.ts';
import { openBusiness } from './open-connector.ts';

type Cleanup = () => unknown;
const cleanups: Cleanup[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const { number: listed } = testFields;
const other = '459999198604090027';

async function bench(driver: 'national' | 'cwr' = 'national') {
  const sandbox = await startSandbox({
    blackList: [{ idCardNumber: listed, reason: `拖欠工友工资，证件${listed}` }],
  });
  cleanups.push(() => sandbox.stop());
  const folder = mkdtempSync(join(tmpdir(), 'enrol-desk-black-list-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  const store = openStore({ file: join(folder, 'station.db'), key: randomBytes(32) });
  cleanups.push(() => store.close());
  const [account] = sandbox.accounts;
  const [device] = sandbox.deviceAccounts;
  const place = { projectCode: 'SANDBOXPROJECT0001', projectName: '示例项目', corpCode: '1', corpName: '示例公司' };
  const national = {
    driver: 'national',
    ...{ dialect: 'national', url: sandbox.url, ...place },
    ...{ appid: account?.appid ?? '', secret: account?.secret ?? '' },
  } as const;
  const cwr = {
    driver: 'cwr',
    ...{ dialect: 'guangxi-cwr', url: sandbox.deviceUrl, ...place },
    ...{ apiKey: device?.apiKey ?? '', secret: device?.secret ?? '', deviceSerial: 'FT00000001' },
  } as const;
  const answers: [string, BlackListAnswer][] = [];
  const troubles: StationError[] = [];
  const desk = new BlackListDesk({
    store,
    business: openBusiness(driver === 'national' ? national : cwr, new DialectShelf()),
    operator: () => '覃示例',
    now: () => new Date('2026-11-26T01:00:00Z'),
    onAnswer: (asked, answer) => answers.push([asked, answer]),
    onTrouble: (error) => troubles.push(error),
  });
  const ask = async (number: string) => {
    desk.ask(number);
    await desk.settled();
    return answers.at(-1)?.[1];
  };
  return { sandbox, store, desk, ask, answers, troubles };
}

it('tells who is on the list, in the words of the platform with numbers masked, and who is not', async () => {
  const { ask, desk } = await bench();
  expect(desk.offered).toBe(true);
  const answer = await ask(listed);
  expect(answer).toMatchObject({ state: 'listed', blocks: false });
  expect(answer?.reason).toContain('拖欠工友工资');
  expect(answer?.reason).not.toContain(listed);
  expect(await ask(other)).toEqual({ state: 'clear', askedAt: '2026-11-26T01:00:00.000Z', blocks: false });
});

it('says that it could not ask, and holds nobody up', async () => {
  const { ask, desk, sandbox } = await bench();
  desk.configure('block');
  sandbox.setFaults({ down: true });
  const answer = await ask(listed);
  expect(answer).toMatchObject({ state: 'unknown', error: { code: 'platform.unreachable' } });
  const draft = answer && withBlackList(completeDraft(), listed, answer);
  expect(draft && missingOf(draft)).toEqual([]);
});

it('blocks who is listed where the project wants it, with a record of the rule', async () => {
  const { ask, desk, store } = await bench();
  desk.configure('block');
  const answer = await ask(listed);
  const draft = answer && withBlackList(completeDraft(), listed, answer);
  expect(draft && missingOf(draft)).toEqual(['black-list']);
  expect(() => draft && demandSealable(draft)).toThrow(
    expect.objectContaining({ code: 'enrolment.black-listed' }) as Error,
  );
  expect(store.audit.list('station')).toMatchObject([{ action: 'black-list.configured', detail: { rule: 'block' } }]);
});

it('asks nothing where the project does not want it, or the platform has no list', async () => {
  const national = await bench();
  national.desk.configure('off');
  expect(await national.ask(listed)).toBeUndefined();
  expect(await national.sandbox.requests()).toEqual([]);
  const cwr = await bench('cwr');
  expect(cwr.desk.offered).toBe(false);
  expect(await cwr.ask(listed)).toBeUndefined();
  expect(await cwr.sandbox.requests()).toEqual([]);
});

it('drops the answer about somebody whose card has been taken away, without any trouble', async () => {
  const { troubles, ask } = await bench();
  const answer = await ask(listed);
  const draft = completeDraft();
  expect(answer && withBlackList(draft, other, answer)).toBe(draft);
  expect(troubles).toEqual([]);
});
