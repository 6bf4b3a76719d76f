import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { v7 as newId } from 'uuid';
import { afterEach, describe, expect, it } from 'vitest';
import type { ProjectConnection } from '../contract/project-connection.ts';
import type { TeamState } from '../contract/team.ts';
import { checkCharacter } from '../enrolment/id-number.ts';
import { completeDraft, testCard } from '../enrolment/test-draft.ts';
import { startSandbox, type Sandbox } from '../platform/sandbox/sandbox.ts';
import { openStore } from '../store/open-store.ts';
import { openBusiness } from './open-connector.ts';
import { DialectShelf } from './dialect-shelf.ts';
import { PlatformDesk } from './platform-desk.ts';
import { TeamDesk } from './team-desk.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function connectionTo(sandbox: Sandbox, driver: ProjectConnection['driver']): ProjectConnection {
  const [account] = sandbox.accounts;
  const [project] = account?.projects ?? [];
  const [corp] = project?.corps ?? [];
  const [device] = sandbox.deviceAccounts;
  if (!account || !project || !corp || !device) throw new Error('the sandbox has no account');
  const place = { projectCode: project.projectCode, projectName: '示例项目', ...corp };
  if (driver === 'national') {
    const { appid, secret } = account;
    return { driver, dialect: 'national', url: sandbox.url, ...place, appid, secret };
  }
  const { apiKey, secret, devices } = device;
  const deviceSerial = devices[0]?.serial ?? '';
  return { driver, dialect: 'guangxi-cwr', url: sandbox.deviceUrl, ...place, apiKey, secret, deviceSerial };
}

async function desk(driver: ProjectConnection['driver'] = 'national') {
  const folder = mkdtempSync(join(tmpdir(), 'enrol-desk-team-desk-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  const sandbox = await startSandbox({ asyncDelayMs: 0 });
  cleanups.push(() => sandbox.stop());
  const store = openStore({ file: join(folder, 'station.db'), key: randomBytes(32) });
  cleanups.push(() => store.close());
  const connection = connectionTo(sandbox, driver);
  let changed: () => void = () => undefined;
  const platform = new PlatformDesk({
    store,
    connection,
    now: () => new Date(),
    pace: { outcomeWaitsMs: [5], retryWaitsMs: [10] },
    onRecordChanged: () => changed(),
    onStateChanged: () => undefined,
    onTeamsChanged: () => changed(),
  });
  cleanups.push(() => platform.close());
  const onChanged = () => undefined;
  const outcomeWaitsMs = [5, 50];
  const teams = new TeamDesk({
    store,
    connection,
    outcomeWaitsMs,
    platform,
    operator: () => '覃示例',
    now: () => new Date(),
    onChanged,
  });
  const stateOf = (id: string) => store.teamBook.entry(id).state;
  const until = async (id: string, state: TeamState) => {
    while (stateOf(id) !== state) {
      platform.wake();
      await new Promise<void>((resolve) => (changed = resolve));
    }
  };
  const { corpCode, corpName } = connection;
  const details = (teamName: string) => ({ teamName, corpCode, corpName });
  const business = openBusiness(connection, new DialectShelf());
  const seal = async (id: string, order: number) => {
    const team = store.teams.find(id);
    const digits = `45999919860409${String(order).padStart(3, '0')}`;
    const colour = { channels: 3, background: { r: 120, g: 140, b: 160 } } as const;
    const png = new Uint8Array(
      await sharp({ create: { width: 102, height: 126, ...colour } })
        .png()
        .toBuffer(),
    );
    const portrait = { state: 'decoded', png, width: 102, height: 126, simulated: true } as const;
    const card = { ...testCard({ number: digits + checkCharacter(digits) }), portrait };
    return store.records.seal({ ...completeDraft(), id: newId(), ...(team && { team }), card }, '覃示例').id;
  };
  return { sandbox, store, platform, teams, connection, details, stateOf, until, business, seal };
}

const pdf = { name: '进场.pdf', data: new TextEncoder().encode('%PDF-1.7 example') };

describe('teams on a platform of the national interface', () => {
  it('goes up when it is asked to, with its leader, and what is changed afterwards follows', async () => {
    const { sandbox, teams, details, until, store } = await desk();
    const { id, state } = teams.create({ ...details('钢筋一班'), leaderName: '覃示例', leaderPhone: '13800000000' });
    expect(state).toBe('local');
    expect(await sandbox.teams()).toEqual([]);
    teams.upload(id);
    await until(id, 'sent');
    const [there] = await sandbox.teams();
    expect(there).toMatchObject({ teamName: '钢筋一班', teamSysNo: store.teamBook.entry(id).teamSysNo });
    expect(there?.fields).toMatchObject({ responsiblePersonName: '覃示例', responsiblePersonPhone: '13800000000' });
    teams.change(id, { ...details('钢筋壹班'), leaderName: '黄样本' });
    expect(store.teamBook.entry(id).state).toBe('changed');
    await until(id, 'sent');
    expect((await sandbox.teams())[0]).toMatchObject({ teamName: '钢筋壹班' });
    expect((await sandbox.teams())[0]?.fields['responsiblePersonName']).toBe('黄样本');
  });

  it('adopts the number of a team that is there already', async () => {
    const { sandbox, teams, details, until, business, connection, store } = await desk();
    const { projectCode } = connection;
    await business?.send('team', { projectCode, ...details('木工一班') });
    const { id } = teams.create(details('木工一班'));
    teams.upload(id);
    await until(id, 'adopted');
    expect(await sandbox.teams()).toHaveLength(1);
    expect(store.teamBook.entry(id).teamSysNo).toBe((await sandbox.teams())[0]?.teamSysNo);
  });

  it('tells the day on which a team left, with its papers', async () => {
    const { sandbox, teams, details, until } = await desk();
    const { id } = teams.create(details('钢筋一班'));
    teams.upload(id);
    await until(id, 'sent');
    teams.setPassage(id, { side: 'entry', date: '2026-01-05', attachments: [pdf] });
    teams.setPassage(id, { side: 'exit', date: '2026-02-05', attachments: [pdf] });
    await until(id, 'sent');
    const [there] = await sandbox.teams();
    expect(there?.fields).toMatchObject({ entryTime: '2026-01-05', exitTime: '2026-02-05' });
    const early = { side: 'exit' as const, date: '2026-01-04', attachments: [pdf] };
    expect(() => teams.setPassage(id, early)).toThrow('team.left-before-entry');
    const future = { side: 'exit' as const, date: '2099-01-01', attachments: [pdf] };
    expect(() => teams.setPassage(id, future)).toThrow('rpc.bad-argument');
    const relabelled = [{ name: '进场.jpg', data: new TextEncoder().encode('GIF89a') }];
    expect(() => teams.setPassage(id, { ...early, attachments: relabelled })).toThrow('attachment.unreadable');
  });

  it('keeps the platform’s words of a refusal, and goes again when it is asked to', async () => {
    const { teams, details, until, business, connection, store } = await desk();
    const { id } = teams.create(details('钢筋一班'));
    teams.upload(id);
    await until(id, 'sent');
    await business?.send('team', { projectCode: connection.projectCode, ...details('木工一班') });
    teams.change(id, details('木工一班'));
    await until(id, 'refused');
    expect(store.teamBook.entry(id).platformText).toContain('已存在');
    teams.change(id, details('钢筋二班'));
    await until(id, 'sent');
    expect(store.teamBook.entry(id).platformText).toBeUndefined();
  });

  it('shows what is new or otherwise there before anything is taken over', async () => {
    const { teams, details, until, business, connection, store } = await desk();
    const { projectCode } = connection;
    const { id } = teams.create({ ...details('钢筋一班'), leaderName: '覃示例' });
    const kept = teams.create(details('只在本台'));
    teams.upload(id);
    await until(id, 'sent');
    await business?.send('team', { projectCode, ...details('木工一班'), responsiblePersonName: '莫测试' });
    const { teamSysNo = 0 } = store.teamBook.entry(id);
    await business?.send('team-change', { teamSysNo, teamName: '钢筋一班', responsiblePersonName: '黄样本' });
    const compared = await teams.compare();
    expect(compared.map(({ kind, teamName, differences }) => [kind, teamName, differences])).toEqual([
      ['new', '木工一班', []],
      ['changed', '钢筋一班', ['leaderName']],
      ['only-here', '只在本台', []],
    ]);
    expect(store.teamBook.list(projectCode)).toHaveLength(2);
    teams.takeOver(compared.filter(({ kind }) => kind !== 'only-here').map(({ key }) => key));
    const after = store.teamBook.list(projectCode);
    expect(after.map(({ teamName, leaderName, state }) => [teamName, leaderName, state])).toEqual([
      ['钢筋一班', '黄样本', 'sent'],
      ['只在本台', undefined, 'local'],
      ['木工一班', '莫测试', 'adopted'],
    ]);
    expect(store.teamBook.entry(kept.id).teamSysNo).toBeUndefined();
    expect(() => teams.takeOver(['other'])).toThrow('store.not-found');
  });

  it('counts the workers, and keeps the name of a team that has some', async () => {
    const { teams, details, seal } = await desk();
    const { id } = teams.create(details('钢筋一班'));
    await seal(id, 1);
    await seal(id, 2);
    expect(teams.overview().teams[0]).toMatchObject({ workers: 2 });
    expect(() => teams.change(id, details('钢筋二班'))).toThrow('team.has-workers');
    expect(teams.change(id, { ...details('钢筋一班'), remark: '夜班' }).remark).toBe('夜班');
    teams.create(details('木工一班'));
    expect(() => teams.create(details('木工一班'))).toThrow('team.name-taken');
  });

  it('lists the companies of the project', async () => {
    const { teams, connection } = await desk();
    const { corpCode, corpName } = connection;
    expect(await teams.companies()).toContainEqual({ corpCode, corpName });
    expect(teams.overview().companies).toContainEqual({ corpCode, corpName });
  });

  it('enters a company that takes part, whose teams can go up from then on', async () => {
    const { teams, until, sandbox } = await desk();
    const company = { corpCode: '91459999TEST00009X', corpName: '样板机电安装有限公司' };
    const unknown = await teams.addCompany({ ...company, corpType: '006' });
    expect(unknown).toMatchObject({ state: 'refused', text: expect.stringContaining('企业不存在') as string });
    expect(teams.overview().companies).not.toContainEqual(company);
    const registered = { areaCode: '450103', registerDate: '2015-03-01' };
    expect(await teams.addCompany({ ...company, corpType: '006', registered })).toEqual({ state: 'done' });
    expect(teams.overview().companies).toContainEqual(company);
    expect(await teams.addCompany({ ...company, corpType: '006' })).toMatchObject({ state: 'already-present' });
    const wrong = teams.addCompany({ ...company, corpType: '999' });
    await expect(wrong).rejects.toMatchObject({ code: 'report.refused-here', detail: 'corpType:not-in-table' });
    const { id } = teams.create({ teamName: '安装班', ...company });
    teams.upload(id);
    await until(id, 'sent');
    expect((await sandbox.teams())[0]).toMatchObject(company);
  });
});

describe('teams on a platform of devices', () => {
  it('adds a team, and says of the rest that it is not offered', async () => {
    const { sandbox, teams, details, until, store } = await desk('cwr');
    expect(teams.offers).toEqual({
      numbers: true,
      upload: true,
      details: false,
      list: 'members',
      reports: false,
      companies: false,
    });
    const { id } = teams.create({ ...details('钢筋一班'), leaderName: '覃示例' });
    teams.upload(id);
    await until(id, 'sent');
    expect((await sandbox.teams())[0]).toMatchObject({ teamSysNo: store.teamBook.entry(id).teamSysNo });
    expect(() => teams.setPassage(id, { side: 'exit', date: '2026-02-05', attachments: [pdf] })).toThrow(
      'platform.not-offered',
    );
    await expect(teams.companies()).rejects.toThrow('platform.not-offered');
    expect((await teams.compare()).map(({ kind }) => kind)).toEqual(['only-here']);
  });
});
