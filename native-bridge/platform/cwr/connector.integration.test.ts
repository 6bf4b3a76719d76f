import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { StationError } from '../../contract/errors.ts';
import type { WorkerUpload } from '../connector.ts';
import { builtInDialect } from '../driver/built-in-dialects.ts';
import type { CwrDialect } from '../driver/dialect.ts';
import { checkCharacterOf } from '../sandbox/resident-number.ts';
import { DEMO_DEVICE_ACCOUNT } from '../sandbox/cwr/device-account.ts';
import { DEVICE_FUNCTIONS } from '../sandbox/cwr/functions/function-table.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox/sandbox.ts';
import { createCwrConnector, type CwrConnectorOptions } from './connector.ts';
import { dictionaryNames } from './dictionaries.ts';
import type { Pass } from './passed-log.ts';

const guangxi = builtInDialect('guangxi-cwr', 'cwr');
/** 2026-03-02 10:00:00 in China. */
const start = Date.UTC(2026, 2, 2, 2, 0, 0);
const projectCode = 'SANDBOXPROJECT0001';
const corp = { corpCode: '91459999TEST00001X', corpName: '示例建筑劳务有限公司' };
const team = { projectCode, ...corp, teamName: '钢筋一班' };

let jpeg: Uint8Array;

beforeAll(async () => {
  const plain = { width: 358, height: 441, channels: 3, background: { r: 120, g: 140, b: 160 } } as const;
  jpeg = await sharp({ create: plain }).jpeg().toBuffer();
});

const running: Sandbox[] = [];
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.stop();
});

async function desk(options: SandboxOptions = {}, changes: Partial<CwrConnectorOptions> = {}) {
  const clock = { ours: start, theirs: start };
  const sandbox = await startSandbox({ now: () => clock.theirs, ...options });
  running.push(sandbox);
  const { apiKey, secret } = DEMO_DEVICE_ACCOUNT;
  const access = { url: sandbox.deviceUrl, apiKey, secret, deviceSerial: 'FT00000001', projectCode };
  const connector = createCwrConnector({ ...access, dialect: guangxi, now: () => clock.ours, ...changes });
  return { sandbox, clock, connector };
}

const numberOf = (order: number) => {
  const digits = `45999919860409${String(order).padStart(3, '0')}`;
  return digits + checkCharacterOf(digits);
};

const worker = (teamSysNo: number, changes: Partial<WorkerUpload> = {}): WorkerUpload => ({
  ...team,
  teamSysNo,
  workerName: '韦试样',
  isTeamLeader: false,
  idCardType: '01',
  idCardNumber: numberOf(1),
  workType: '020',
  workRole: 20,
  nation: '壮',
  address: '广西示例市示例路1号',
  headImage: jpeg,
  issueCardPic: jpeg,
  issueCardDate: '2026-03-02',
  politicsType: '13',
  cellPhone: '13800000000',
  cultureLevelType: '02',
  grantOrg: '示例市公安局',
  startDate: '2020-01-01',
  expiryDate: undefined,
  facesMatch: true,
  ...changes,
});

async function teamNumber({ connector }: Pick<Awaited<ReturnType<typeof desk>>, 'connector'>): Promise<number> {
  const answer = await connector.addTeam(team);
  if (answer.state !== 'done' || answer.teamSysNo === undefined) throw new Error(answer.state);
  return answer.teamSysNo;
}

const codeOf = (cause: unknown) => (cause instanceof StationError ? cause.code : String(cause));
const refusalOf = (call: Promise<unknown>) => call.then(() => 'none', codeOf);

describe('a device', () => {
  it('signs in before anything else, once', async () => {
    const { sandbox, connector } = await desk();
    await connector.keepAlive();
    await connector.employeesHash();
    const methods = (await sandbox.requests()).map(({ method }) => method);
    expect(methods).toEqual(['Signin', 'KeepAlive', 'QueryEmpListHash']);
    expect(await connector.signIn()).toEqual({ projectId: projectCode, peopleChanged: false });
  });

  it('forgets an attempt to sign in that failed', async () => {
    const { sandbox, connector } = await desk();
    sandbox.setFaults({ http500: 1 });
    expect(await refusalOf(connector.signIn())).toBe('platform.bad-answer');
    await connector.keepAlive();
    expect((await sandbox.requests()).map(({ method }) => method)).toEqual(['Signin', 'Signin', 'KeepAlive']);
  });

  it.each([59, -59, 299])('works with a clock that is %i s off, and tells by how much', async (seconds) => {
    const { clock, connector } = await desk();
    clock.theirs += seconds * 1000;
    await connector.keepAlive();
    expect(connector.clockDifferenceSeconds).toBe(seconds);
  });

  it.each([301, -301, 3600])('sends nothing with a clock that is %i s off, until it is set right', async (seconds) => {
    const { sandbox, clock, connector } = await desk();
    const teamSysNo = await teamNumber({ connector });
    clock.ours -= seconds * 1000;
    await refusalOf(connector.keepAlive());
    expect(await refusalOf(connector.addWorker(worker(teamSysNo)))).toBe('platform.clock-wrong');
    expect(connector.clockDifferenceSeconds).toBe(seconds);
    expect(await sandbox.workers()).toEqual([]);
    const sent = (await sandbox.requests()).map(({ method }) => method);
    expect(sent).not.toContain('RegisterEmployee');
    clock.ours = clock.theirs;
    expect(await connector.addWorker(worker(teamSysNo))).toMatchObject({ state: 'done' });
  });

  it.each([
    ['platform.sign-refused', { secret: 'other' }],
    ['platform.no-permission', { apiKey: 'NOBODY' }],
    ['platform.device-unknown', { deviceSerial: 'FT99999999' }],
    ['platform.wrong-project', { projectCode: 'OTHERPROJECT' }],
    ['platform.dialect-refused', { dialect: { ...guangxi, version: '2.0' } }],
    ['platform.sign-refused', { dialect: { ...guangxi, signHex: 'lower' } }],
    ['platform.sign-refused', { dialect: { ...guangxi, signsDeviceSerial: false } }],
    ['platform.clock-wrong', { dialect: { ...guangxi, timeFormat: 'yyyyMMddHHmmss' } }],
  ] satisfies [string, Partial<CwrConnectorOptions>][])(
    'tells %s by what it was given (case %#)',
    async (code, changes) => {
      const { connector } = await desk({}, changes);
      expect(await refusalOf(connector.keepAlive())).toBe(code);
    },
  );

  it.each([
    ['busy', 'platform.busy'],
    ['http500', 'platform.bad-answer'],
    ['htmlAnswer', 'platform.captive-portal'],
    ['resetBefore', 'platform.unreachable'],
    ['authRevoked', 'platform.no-permission'],
  ] as const)('tells %s as %s', async (fault, code) => {
    const { sandbox, connector } = await desk();
    sandbox.setFaults({ [fault]: true });
    expect(await refusalOf(connector.keepAlive())).toBe(code);
    sandbox.clearFaults();
    await connector.keepAlive();
  });

  it.each(['', 'ftp://127.0.0.1', 'http://user:word@127.0.0.1'])('refuses the address %j at once', (url) => {
    const { apiKey, secret } = DEMO_DEVICE_ACCOUNT;
    const access = { url, apiKey, secret, deviceSerial: 'FT00000001', projectCode, dialect: guangxi };
    expect(() => createCwrConnector(access)).toThrow(expect.objectContaining({ code: 'platform.not-configured' }));
  });

  it('takes the address with the protocol folder as well', async () => {
    const { sandbox } = await desk();
    const { connector } = await desk({}, { url: `${sandbox.deviceUrl}/CWRService/` });
    await connector.keepAlive();
    expect((await sandbox.requests()).at(-1)?.method).toBe('KeepAlive');
  });
});

describe('AddTeam', () => {
  it('gives the number at once, and again when the team is there', async () => {
    const { sandbox, connector } = await desk();
    const teamSysNo = await teamNumber({ connector });
    expect(await connector.addTeam(team)).toMatchObject({ state: 'already-present', teamSysNo });
    expect(await sandbox.teams()).toHaveLength(1);
  });

  it('finds a team by its people', async () => {
    const { connector } = await desk();
    expect(await connector.findTeam(team)).toBeUndefined();
    const teamSysNo = await teamNumber({ connector });
    await connector.addWorker(worker(teamSysNo));
    expect(await connector.findTeam(team)).toEqual({ teamSysNo });
    expect(await connector.findTeam({ ...team, teamName: '木工二班' })).toBeUndefined();
  });

  it('passes the refusal on', async () => {
    const { connector } = await desk();
    const answer = await connector.addTeam({ ...team, corpName: '别的公司' });
    expect(answer).toMatchObject({ state: 'refused', fields: ['corpName'] });
  });

  it('is left out where teams are only named', async () => {
    const { sandbox, connector } = await desk({}, { dialect: { ...guangxi, teams: 'named' } });
    const found = await connector.findTeam(team);
    expect(await connector.addWorker(worker(found?.teamSysNo ?? 0))).toMatchObject({ state: 'done' });
    expect((await sandbox.requests()).map(({ method }) => method)).not.toContain('AddTeam');
    expect(await sandbox.workers()).toMatchObject([{ teamName: '钢筋一班' }]);
  });
});

describe('RegisterEmployee', () => {
  it('registers a person with both pictures and the receipt of the platform', async () => {
    const { sandbox, connector } = await desk();
    const teamSysNo = await teamNumber({ connector });
    const answer = await connector.addWorker(worker(teamSysNo, { payRollBankCardNumber: '6222000000000000019' }));
    const [kept] = await sandbox.workers();
    expect(answer).toEqual({ state: 'done', serial: kept?.empId });
    expect(kept).toMatchObject({
      teamSysNo,
      fields: {
        work_typename: '钢筋工',
        emp_category: '建筑工人',
        match_flag: 'Y',
        id_validdate: '2020.01.01-长期',
        pass_period: '2026-03-02:2099-12-31',
        emp_cardnum: '6222000000000000019',
        cwr_iskeypsn: 0,
      },
    });
    expect(Object.keys(kept?.pictures ?? {})).toEqual(['id_photo', 'facephoto']);
    expect(await connector.findWorker(worker(teamSysNo))).toBe(true);
    expect(await connector.findWorker(worker(teamSysNo, { idCardNumber: numberOf(2) }))).toBe(false);
  });

  it('says N when the faces do not match, and takes a manager for one', async () => {
    const { sandbox, connector } = await desk();
    const teamSysNo = await teamNumber({ connector });
    await connector.addWorker(worker(teamSysNo, { facesMatch: false, workRole: 10, workType: '900' }));
    const expected = { match_flag: 'N', emp_category: '管理人员', job_name: '0003', cwr_iskeypsn: 1 };
    expect((await sandbox.workers())[0]?.fields).toMatchObject(expected);
  });

  it.each([
    ['workType', { workType: '999' }],
    ['idCardType', { idCardType: '20' }],
    ['headImage', { headImage: new Uint8Array([0x42, 0x4d]) }],
    ['issueCardPic', { issueCardPic: new Uint8Array() }],
    ['idCardNumber', { idCardNumber: '123' }],
    ['cellPhone', { cellPhone: ' ' }],
    ['expiryDate', { expiryDate: '长期' }],
  ])('refuses a wrong %s before anything is sent', async (field, changes) => {
    const { sandbox, connector } = await desk();
    await expect(connector.addWorker(worker(1, changes))).rejects.toMatchObject({
      code: 'platform.record-refused',
      detail: field,
    });
    expect(await sandbox.requests()).toEqual([]);
  });

  it('asks the platform for its words and refuses what it does not know', async () => {
    const { sandbox, connector } = await desk();
    const teamSysNo = await teamNumber({ connector });
    const own = { ...guangxi, codes: { ...guangxi.codes, workType: [{ code: '020', zh: '宇航员' }] } };
    const strange = (await desk({}, { dialect: own, url: sandbox.deviceUrl })).connector;
    await expect(strange.addWorker(worker(teamSysNo))).rejects.toMatchObject({
      code: 'platform.record-refused',
      detail: 'workType',
    });
    const jobs = { ...guangxi.jobs, worker: { ...guangxi.jobs.worker, code: '7777' } };
    const wrongJob = (await desk({}, { dialect: { ...guangxi, jobs }, url: sandbox.deviceUrl })).connector;
    expect(await refusalOf(wrongJob.addWorker(worker(teamSysNo)))).toBe('platform.bad-dialect');
    expect(await sandbox.workers()).toEqual([]);
    expect(await connector.addWorker(worker(teamSysNo))).toMatchObject({ state: 'done' });
  });

  it("hands the platform's refusal over, with fields and without numbers", async () => {
    const { sandbox, connector } = await desk();
    sandbox.setFaults({ failAsync: `facephoto不清晰，证件号${numberOf(1)}`, onlyMethods: ['RegisterEmployee'] });
    const answer = await connector.addWorker(worker(await teamNumber({ connector })));
    expect(answer).toMatchObject({ state: 'refused', fields: ['issueCardPic'] });
    expect(JSON.stringify(answer)).not.toContain(numberOf(1));
  });

  it('says that a person is there, and is content when the platform holds the same', async () => {
    const { connector } = await desk();
    const person = worker(await teamNumber({ connector }));
    await connector.addWorker(person);
    expect(await connector.addWorker(person)).toMatchObject({ state: 'already-present' });
    expect(await connector.updateWorker(person)).toMatchObject({ state: 'done' });
  });

  it('names what a device cannot change', async () => {
    const { sandbox, connector } = await desk();
    const person = worker(await teamNumber({ connector }));
    await connector.addWorker(person);
    const answer = await connector.updateWorker({ ...person, cellPhone: '13900000000' });
    expect(answer).toMatchObject({ state: 'refused', fields: ['cellPhone'] });
    expect(JSON.stringify(answer)).not.toContain(person.idCardNumber);
    expect((await sandbox.workers())[0]?.fields['emp_phone']).toBe('13800000000');
  });

  it('changes a person where registering again does', async () => {
    const { sandbox, connector } = await desk({ onRegisterAgain: 'replace' });
    const person = worker(await teamNumber({ connector }));
    await connector.addWorker(person);
    expect(await connector.updateWorker({ ...person, cellPhone: '13900000000' })).toMatchObject({ state: 'done' });
    expect((await sandbox.workers())[0]).toMatchObject({ updates: 1, fields: { emp_phone: '13900000000' } });
  });
});

describe('the questions', () => {
  it('tell the digest, the people and their photos', async () => {
    const { connector } = await desk();
    const none = await connector.employeesHash();
    const answer = await connector.addWorker(worker(await teamNumber({ connector })));
    const some = await connector.employeesHash();
    expect([none.count, some.count]).toEqual([0, 1]);
    expect(some.sha1).not.toBe(none.sha1);
    const [person] = await connector.employees();
    expect(person).toMatchObject({ id_code: numberOf(1), emp_name: '韦试样' });
    const id = answer.state === 'done' ? answer.serial : '';
    const text = Buffer.from(jpeg).toString('base64');
    expect(await connector.facePhotos([id])).toEqual(new Map([[id, text]]));
    expect(await connector.idPhotos([id])).toEqual(new Map([[id, text]]));
    const many = Array.from({ length: 11 }, () => id);
    await expect(connector.facePhotos(many)).rejects.toMatchObject({ code: 'internal' });
  });

  it.each([
    ['DictListWorkTypeName', { code: '020', name: '钢筋工' }],
    ['DictListEmpCategory', { code: '1', name: '建筑工人' }],
    ['DictListJobTypeName', { code: '1', name: '作业岗位' }],
    ['DictListJobName', { code: '0001', name: '一般作业' }],
    ['GetCompanyType', { code: '006', name: '劳务分包' }],
    ['GetTeamType', { code: '1', name: '作业班组' }],
    ['GetWorkerPersonnelType', { code: '1', name: '工人' }],
  ] as const)('fetch the list %s from the platform', async (name, row) => {
    const { connector } = await desk();
    expect(await connector.dictionaries.fetch(name)).toContainEqual(row);
  });

  it('that try a connection out change nothing', async () => {
    const { sandbox, connector } = await desk();
    for (const { ask } of connector.questions) await ask();
    expect((await sandbox.counters()).byCode).toEqual({ '00': connector.questions.length });
    expect(await sandbox.workers()).toEqual([]);
    expect(await sandbox.teams()).toEqual([]);
  });
});

describe('UploadPassedLog', () => {
  const pass = (changes: Partial<Pass> = {}): Pass => ({
    personType: 1,
    personId: numberOf(1),
    personName: '韦试样',
    passedAt: start,
    direction: 'in',
    way: 1,
    sitePhoto: jpeg,
    place: { longitude: 108.3, latitude: 22.8, address: '示例工地' },
    ...changes,
  });

  async function deskWithPerson(options: SandboxOptions = {}, dialect: CwrDialect = guangxi) {
    const parts = await desk(options, { dialect });
    await parts.connector.addWorker(worker(await teamNumber(parts)));
    return parts;
  }

  it('sends a plain list', async () => {
    const { sandbox, connector } = await deskWithPerson();
    const answer = await connector.uploadPasses([pass(), pass({ direction: 'out', sitePhoto: new Uint8Array() })]);
    expect(answer).toMatchObject({ state: 'done' });
    expect(await sandbox.passes()).toMatchObject([{ passedTime: '2026-03-02 10:00:00' }, { direction: 'out' }]);
  });

  it('sends the wrapped form where the dialect has it', async () => {
    const wrapped = { ...guangxi, passedLog: 'wrapped' } as const;
    const { sandbox, connector } = await deskWithPerson({ passedLogForm: 'wrapped' }, wrapped);
    expect(await connector.uploadPasses([pass()])).toMatchObject({ state: 'done' });
    expect(await sandbox.passes()).toHaveLength(1);
  });

  it('hands the refusal of an unknown person over', async () => {
    const { connector } = await deskWithPerson();
    const answer = await connector.uploadPasses([pass({ personId: 'E999999' })]);
    expect(answer).toMatchObject({ state: 'refused', text: expect.stringContaining('人员不存在') as string });
  });

  it.each([
    ['way', { way: 12 }],
    ['personId', { personId: '' }],
    ['sitePhoto', { sitePhoto: new Uint8Array(40_000) }],
  ])('refuses a wrong %s before anything is sent', async (detail, changes) => {
    const { connector } = await deskWithPerson();
    await expect(connector.uploadPasses([pass(changes)])).rejects.toMatchObject({
      code: 'platform.record-refused',
      detail,
    });
  });

  it('refuses none and more than a call may hold', async () => {
    const { connector } = await desk();
    for (const count of [0, 21]) {
      const passes = Array.from({ length: count }, () => pass());
      expect(await refusalOf(connector.uploadPasses(passes))).toBe('platform.record-refused');
    }
  });
});

it('has a call for every function that the reference platform takes from a device', async () => {
  const { sandbox, connector } = await desk();
  const added = await connector.addTeam(team);
  const someone = worker(added.state === 'done' ? (added.teamSysNo ?? 0) : 0);
  await connector.addWorker(someone);
  await connector.keepAlive();
  await connector.employeesHash();
  const ids = (await connector.employees()).flatMap(({ emp_id }) => emp_id ?? []);
  await connector.facePhotos(ids);
  await connector.idPhotos(ids);
  for (const name of dictionaryNames) await connector.dictionaries.fetch(name);
  const pass = { personType: 1, personId: ids[0] ?? '', personName: '韦试样', passedAt: start } as const;
  await connector.uploadPasses([{ ...pass, direction: 'in', way: 1, sitePhoto: jpeg }]);
  const requests = await sandbox.requests();
  expect(requests.filter(({ code }) => code !== '00')).toEqual([]);
  expect(new Set(requests.map(({ method }) => method))).toEqual(new Set(DEVICE_FUNCTIONS.keys()));
});

it('understands a platform that answers with booleans and numbers', async () => {
  const { connector } = await desk({ codeForm: 'number' });
  const person = worker(await teamNumber({ connector }));
  expect(await connector.addWorker(person)).toMatchObject({ state: 'done' });
  expect(await connector.addWorker(person)).toMatchObject({ state: 'already-present' });
});

it('finds its people again after the platform was restarted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'enrol-desk-cwr-'));
  const stateFile = join(folder, 'state.json');
  const { sandbox, connector } = await desk({ stateFile });
  const person = worker(await teamNumber({ connector }));
  await connector.addWorker(person);
  await sandbox.stop();
  expect(await refusalOf(connector.findWorker(person))).toBe('platform.unreachable');
  const again = await desk({ stateFile });
  expect(await again.connector.findWorker(person)).toBe(true);
  rmSync(folder, { recursive: true, force: true });
});
