import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NUMBERS, pictureText, seal, startBench, without } from '../client-for-tests.ts';
import { startSandbox } from '../sandbox.ts';
import type { LogEntry } from '../state.ts';
import { DEMO_DEVICE_ACCOUNT } from './device-account.ts';
import {
  barePicture,
  DEVICE,
  DEVICE_PROJECT,
  DEVICE_SECRET,
  type DeviceBench,
  employeeData,
  signed,
  startDeviceBench,
  teamData,
  timeText,
} from './device-for-tests.ts';

let bench: DeviceBench;
let logged: LogEntry[];

beforeEach(async () => {
  logged = [];
  bench = await startDeviceBench({ log: (entry) => logged.push(entry) });
});

afterEach(() => bench.sandbox.stop());

const minutes = (count: number): number => count * 60_000;

describe('the parameters of a call', () => {
  it('tells the time and the project to a device that signs in', async () => {
    const answer = await bench.call('Signin', { version_list: [{ current_version: '1.0', version_type: 'main' }] });
    expect(answer).toMatchObject({
      result: 'true',
      status: 200,
      code: '00',
      result_data: { server_timestamp: timeText(bench.clock.now), project_info: { Project_ID: DEVICE_PROJECT } },
    });
  });

  it.each([
    ['24', 'signature'],
    ['24', 'api_key'],
    ['24', 'client_serial'],
    ['30', 'timestamp'],
    ['32', 'api_version'],
  ])('answers %s when %s is missing', async (code, name) => {
    const parameters = signed({ ...DEVICE, timestamp: timeText(bench.clock.now) }, '{}');
    expect(await bench.post('KeepAlive', without(parameters, name), '{}')).toMatchObject({ code, result: 'false' });
  });

  it.each([
    ['29', 'an unknown key', { api_key: 'NOBODY' }],
    ['31', 'a time of another form', { timestamp: '20260302100000' }],
    ['31', 'a day that does not exist', { timestamp: '2026-02-30 10:00:00' }],
    ['32', 'a version that is not spoken', { api_version: '2.0' }],
    ['43', 'an unknown device', { client_serial: 'FT99999999' }],
  ])('answers %s to %s', async (code, _what, changes) => {
    expect(await bench.call('KeepAlive', {}, changes)).toMatchObject({ code });
  });

  it.each([-11, 11])('answers 31 to a clock that is %i minutes off', async (off) => {
    const timestamp = timeText(bench.clock.now + minutes(off));
    expect(await bench.call('KeepAlive', {}, { timestamp })).toMatchObject({ code: '31' });
  });

  it.each([-9, 9])('takes a clock that is %i minutes off', async (off) => {
    const timestamp = timeText(bench.clock.now + minutes(off));
    expect(await bench.call('KeepAlive', {}, { timestamp })).toMatchObject({ code: '00' });
  });

  it('answers 25 to another secret, to a changed body and to lower case', async () => {
    const parameters = { ...DEVICE, timestamp: timeText(bench.clock.now) };
    const good = signed(parameters, '{}', DEVICE_SECRET);
    const wrong = [signed(parameters, '{}', 'other'), { ...good, signature: good['signature']?.toLowerCase() ?? '' }];
    for (const each of wrong) expect(await bench.post('KeepAlive', each, '{}')).toMatchObject({ code: '25' });
    expect(await bench.post('KeepAlive', good, '{ }')).toMatchObject({ code: '25' });
  });

  it('answers 47 to a body that is no JSON, 501 to a function that is not offered', async () => {
    const parameters = { ...DEVICE, timestamp: timeText(bench.clock.now) };
    expect(await bench.post('KeepAlive', signed(parameters, 'no json'), 'no json')).toMatchObject({ code: '47' });
    expect(await bench.call('UploadPayroll', {})).toMatchObject({ code: '501' });
  });

  it('refuses a device that was switched off', async () => {
    const account = { apiKey: DEVICE.api_key, secret: DEVICE_SECRET };
    const device = { serial: DEVICE.client_serial, projectCode: DEVICE_PROJECT, enabled: false };
    const other = await startDeviceBench({ deviceAccounts: [{ ...account, devices: [device] }] });
    expect(await other.call('KeepAlive', {})).toMatchObject({ code: '43', detail_message: '设备已停用' });
    await other.sandbox.stop();
  });
});

const register = async (changes: Record<string, unknown> = {}) =>
  bench.call('RegisterEmployee', await employeeData(changes));

describe('RegisterEmployee', () => {
  it('keeps the person with both pictures', async () => {
    const { result_data: team } = await bench.call('AddTeam', teamData);
    const teamId = Number((team as Record<string, string>)['team_id']);
    expect(await register({ team_id: teamId, team_name: '木工一班' })).toMatchObject({ code: '00' });
    const [worker] = await bench.sandbox.workers();
    expect(worker).toMatchObject({ idCardNumber: NUMBERS.wei, teamSysNo: teamId, fields: { match_flag: 'Y' } });
    expect(Object.keys(worker?.pictures ?? {})).toEqual(['id_photo', 'facephoto']);
    const page = await (await fetch(bench.sandbox.pageUrl)).text();
    expect(page).toContain('韦试样');
    expect(page.match(/src="\/photo\//g)).toHaveLength(2);
    expect(page).not.toContain(NUMBERS.wei);
  });

  const required = [
    ...['Project_ID', 'id_code', 'id_photo', 'emp_name', 'emp_phone', 'emp_nativeplace', 'emp_nation', 'pass_period'],
    ...['match_flag', 'facephoto', 'emp_company', 'work_typename', 'emp_category', 'cwr_iskeypsn', 'job_typename'],
    ...['job_name', 'contract_status', 'id_agency', 'id_validdate'],
  ];

  it.each(required)('answers 40 without %s', async (name) => {
    const data = without(await employeeData(), name);
    const answer = await bench.call('RegisterEmployee', data);
    expect(answer).toMatchObject({ code: '40', detail_message: expect.stringContaining(name) as string });
    expect(await bench.sandbox.workers()).toEqual([]);
  });

  it.each([
    ['41', 'cwr_iskeypsn', '0'],
    ['41', 'emp_name', 7],
    ['41', 'id_validdate', '2020-01-01-2040-01-01'],
    ['41', 'pass_period', '2026-03-02'],
    ['41', 'emp_phone', '电话'],
    ['43', 'id_code', '45999919900101001X'],
    ['43', 'id_validdate', '2040.01.01-2020.01.01'],
    ['43', 'pass_period', '2040-01-01:2026-03-02'],
    ['43', 'match_flag', 'yes'],
    ['43', 'work_typename', '宇航员'],
    ['43', 'job_name', '9999'],
    ['43', 'emp_nativeplace', '路'.repeat(201)],
    ['43', 'emp_company', '别的公司'],
    ['43', 'Project_ID', 'OTHERPROJECT'],
    ['43', 'team_id', 4711],
    ['43', 'facephoto', 'AAAA'],
    ['43', 'facephoto', `${'A'.repeat(51_204)}`],
    ['43', 'emp_nick', '小韦'],
  ])('answers %s to a wrong %s (case %#)', async (code, name, value) => {
    const answer = await register({ [name]: value });
    expect(answer).toMatchObject({ code, detail_message: expect.stringContaining(name) as string });
    expect(await bench.sandbox.workers()).toEqual([]);
  });

  it('refuses a picture with a prefix, unless it is told to take one', async () => {
    const facephoto = await pictureText();
    expect(await register({ facephoto })).toMatchObject({ code: '43' });
    const other = await startDeviceBench({ devicePictureForm: 'prefix' });
    const data = await employeeData({ facephoto, id_photo: await pictureText() });
    expect(await other.call('RegisterEmployee', data)).toMatchObject({ code: '00' });
    await other.sandbox.stop();
  });

  it('refuses a person who is there, and says so with the number', async () => {
    const first = await register();
    const second = await register({ emp_phone: '13900000000' });
    expect(second).toMatchObject({ code: '43', result_data: first.result_data });
    expect(second.detail_message).toContain(NUMBERS.wei);
    const { people } = await bench.sandbox.counters();
    expect(people).toMatchObject([{ added: 1, duplicatesRefused: 1 }]);
    expect((await bench.sandbox.workers())[0]?.fields['emp_phone']).toBe('13800000000');
  });

  it('changes a person who is there when it is told to', async () => {
    const other = await startDeviceBench({ onRegisterAgain: 'replace' });
    for (const emp_phone of ['13800000000', '13900000000']) {
      expect(await other.call('RegisterEmployee', await employeeData({ emp_phone }))).toMatchObject({ code: '00' });
    }
    expect(await other.sandbox.workers()).toMatchObject([{ updates: 1, fields: { emp_phone: '13900000000' } }]);
    await other.sandbox.stop();
  });
});

describe('AddTeam', () => {
  it('gives a number, and the same one with a refusal the second time', async () => {
    const first = await bench.call('AddTeam', teamData);
    expect(first).toMatchObject({ code: '00', result_data: { team_id: expect.stringMatching(/^\d+$/) as string } });
    expect(await bench.call('AddTeam', teamData)).toMatchObject({ code: '43', result_data: first.result_data });
    expect(await bench.sandbox.teams()).toHaveLength(1);
  });

  it.each([
    ['40', { team_name: '' }],
    ['43', { company_name: '别的公司' }],
    ['43', { Project_ID: 'OTHERPROJECT' }],
    ['41', { team_name: 7 }],
  ])('answers %s to %j', async (code, changes) => {
    expect(await bench.call('AddTeam', { ...teamData, ...changes })).toMatchObject({ code });
  });
});

describe('the questions about people', () => {
  it('lists people by number and changes the digest with each', async () => {
    const before = await bench.call('QueryEmpListHash', {});
    expect(before.result_data).toMatchObject({ emp_count: 0 });
    await register();
    const after = await bench.call('QueryEmpListHash', {});
    expect(after.result_data).toMatchObject({ emp_count: 1 });
    expect(after.result_data).not.toMatchObject({ sha1: (before.result_data as Record<string, string>)['sha1'] });
    const found = await bench.call('QueryEmployeeList', { emp_name: '', id_code: NUMBERS.wei });
    expect(found.result_data).toMatchObject({ emp_list: [{ emp_name: '韦试样', id_code: NUMBERS.wei }] });
    const other = await bench.call('QueryEmployeeList', { id_code: NUMBERS.qin });
    expect(other.result_data).toEqual({ emp_list: [] });
  });

  it('gives photos of at most ten known people', async () => {
    const { result_data: person } = await register();
    const id = (person as Record<string, string>)['emp_id'] ?? '';
    const info = await bench.call('QueryEmployeeInfo', { emp_id: [id], facephoto_mode: 'byte' });
    expect(info.result_data).toMatchObject({ emp_list: [{ emp_id: id, facephoto: await barePicture(200) }] });
    const idInfo = await bench.call('QueryEmployeeIdInfo', { emp_id: [id] });
    expect(idInfo.result_data).toMatchObject({ emp_list: [{ id_photo: await barePicture(100) }] });
    const many = Array.from({ length: 11 }, () => id);
    expect(await bench.call('QueryEmployeeInfo', { emp_id: many })).toMatchObject({ code: '43' });
    expect(await bench.call('QueryEmployeeInfo', { emp_id: ['E999999'] })).toMatchObject({ code: '43' });
    expect(await bench.call('QueryEmployeeInfo', {})).toMatchObject({ code: '40' });
  });
});

const pass = (changes: Record<string, unknown> = {}) => ({
  ...{ person_type: 1, person_id: NUMBERS.wei, person_name: '韦试样', passed_time: timeText(bench.clock.now) },
  ...{ direction: 'in', way: 1, site_photo: '' },
  ...changes,
});

describe('UploadPassedLog', () => {
  beforeEach(() => register());

  it('keeps each pass once, also when it comes again', async () => {
    for (const _ of [1, 2]) expect(await bench.call('UploadPassedLog', [pass()])).toMatchObject({ code: '00' });
    expect(await bench.call('UploadPassedLog', [pass({ direction: 'out' })])).toMatchObject({ code: '00' });
    expect(await bench.sandbox.passes()).toHaveLength(2);
  });

  it.each([
    ['40', { person_id: '' }],
    ['41', { passed_time: '2026/03/02 10:00' }],
    ['41', { way: '1' }],
    ['43', { way: 12 }],
    ['43', { direction: '01' }],
    ['43', { person_id: 'E999999' }],
    ['43', { passed_time: '2026-03-02 10:00:01' }],
    ['43', { site_photo: 'AAAA' }],
  ])('answers %s to %j and keeps nothing', async (code, changes) => {
    const answer = await bench.call('UploadPassedLog', [pass(), pass(changes)]);
    expect(answer).toMatchObject({ code, detail_message: expect.stringContaining('[1]') as string });
    expect(await bench.sandbox.passes()).toEqual([]);
  });

  it('takes at most 20, and not none', async () => {
    expect(
      await bench.call(
        'UploadPassedLog',
        Array.from({ length: 21 }, () => pass()),
      ),
    ).toMatchObject({ code: '43' });
    expect(await bench.call('UploadPassedLog', [])).toMatchObject({ code: '40' });
  });

  it('tells the plain list from the wrapped one', async () => {
    const wrapped = { Project_ID: DEVICE_PROJECT, Device_ID: DEVICE.client_serial, passedlog_list: [pass()] };
    expect(await bench.call('UploadPassedLog', wrapped)).toMatchObject({ code: '41' });
    const other = await startDeviceBench({ passedLogForm: 'wrapped' });
    await other.call('RegisterEmployee', await employeeData());
    expect(await other.call('UploadPassedLog', [pass()])).toMatchObject({ code: '40' });
    expect(await other.call('UploadPassedLog', { ...wrapped, Device_ID: 'FT2' })).toMatchObject({ code: '43' });
    expect(await other.call('UploadPassedLog', wrapped)).toMatchObject({ code: '00' });
    await other.sandbox.stop();
  });
});

it('shows people of devices to the other interface in its own terms, numbers encrypted', async () => {
  const national = await startBench();
  const { apiKey, secret } = DEMO_DEVICE_ACCOUNT;
  expect([apiKey, secret]).toEqual([DEVICE.api_key, DEVICE_SECRET]);
  const body = JSON.stringify(await employeeData());
  const query = new URLSearchParams(signed({ ...DEVICE, timestamp: timeText(national.clock.now) }, body));
  const address = `${national.sandbox.deviceUrl}/CWRService/RegisterEmployee?${query.toString()}`;
  await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const filter = { pageIndex: 0, pageSize: 10, projectCode: DEVICE_PROJECT };
  const answer = await national.call('ProjectWorker.Query', filter);
  expect(answer.data).toMatchObject({ rows: [{ workerName: '韦试样', idCardNumber: seal(NUMBERS.wei) }] });
  expect(JSON.stringify(answer)).not.toContain(NUMBERS.wei);
  await national.sandbox.stop();
});

describe('the switches and the memory', () => {
  it.each([
    ['busy', '43'],
    ['authRevoked', '29'],
  ] as const)('plays %s', async (fault, code) => {
    bench.sandbox.setFaults({ [fault]: fault === 'busy' ? 1 : true });
    expect(await bench.call('KeepAlive', {})).toMatchObject({ code });
  });

  it.each(['resetBefore', 'loseAnswer', 'htmlAnswer'] as const)('plays %s', async (fault) => {
    bench.sandbox.setFaults({ [fault]: 1, onlyMethods: ['RegisterEmployee'] });
    await expect(register()).rejects.toThrow();
    expect(await bench.sandbox.workers()).toHaveLength(fault === 'loseAnswer' ? 1 : 0);
  });

  it('fails writes with a text of its own, and not the questions', async () => {
    bench.sandbox.setFaults({ failAsync: '照片不清晰' });
    expect(await register()).toMatchObject({ code: '43', detail_message: '照片不清晰' });
    expect(await bench.call('KeepAlive', {})).toMatchObject({ code: '00' });
  });

  it('writes booleans and numbers where it is told to', async () => {
    const other = await startDeviceBench({ codeForm: 'number' });
    expect(await other.call('KeepAlive', {})).toMatchObject({ result: true, code: 0 });
    await other.sandbox.stop();
  });

  it('notes requests without personal data', async () => {
    await register();
    await bench.call(`${NUMBERS.wei}`, {});
    await bench.call('KeepAlive', {}, { api_key: NUMBERS.wei });
    expect(logged.map(({ appid, method, code }) => [appid, method, code])).toEqual([
      [DEVICE.api_key, 'RegisterEmployee', '00'],
      [DEVICE.api_key, '?', '501'],
      ['?', 'KeepAlive', '29'],
    ]);
  });

  it('remembers people and passes over a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'enrol-desk-devices-'));
    const stateFile = join(folder, 'state.json');
    const first = await startDeviceBench({ stateFile });
    await first.call('RegisterEmployee', await employeeData());
    await first.call('UploadPassedLog', [pass()]);
    await first.sandbox.stop();
    const second = await startSandbox({ stateFile });
    expect(await second.workers()).toMatchObject([{ empId: 'E000001' }]);
    expect(await second.passes()).toHaveLength(1);
    await second.stop();
    rmSync(folder, { recursive: true, force: true });
  });
});
