import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  addCall,
  addTeam,
  NUMBERS,
  pictureText,
  seal,
  startBench,
  withCheckDigit,
  workerData,
  type Bench,
  type Data,
} from './client-for-tests.ts';

let bench: Bench;
let teamSysNo: number;

beforeAll(async () => {
  bench = await startBench();
  teamSysNo = await addTeam(bench);
});

afterAll(() => bench.sandbox.stop());

beforeEach(async () => {
  // Every case in this file is a refusal: the platform must stay empty all the time.
  expect(await bench.sandbox.workers()).toEqual([]);
});

async function refusalOf(changes: Data): Promise<unknown> {
  const data = addCall(teamSysNo, [await workerData(NUMBERS.wei, changes)]);
  const outcome = await bench.write('ProjectWorker.Add', data);
  expect(outcome.status).toBe(10);
  return outcome.result;
}

const REQUIRED = [
  'workerName',
  'isTeamLeader',
  'idCardType',
  'idCardNumber',
  'workType',
  'workRole',
  'nation',
  'address',
  'headImage',
  'politicsType',
  'cellPhone',
  'cultureLevelType',
  'grantOrg',
];

const WIDTHS: readonly (readonly [string, number])[] = [
  ['workerName', 50],
  ['cardNumber', 30],
  ['payRollBankName', 50],
  ['bankLinkNumber', 30],
  ['address', 200],
  ['Specialty', 200],
  ['urgentLinkMan', 50],
  ['urgentLinkManPhone', 50],
  ['grantOrg', 20],
];

const CODES: readonly (readonly [string, string])[] = [
  ['workType', '260'],
  ['workType', '10'],
  ['politicsType', '14'],
  ['politicsType', '1'],
  ['cultureLevelType', '09'],
  ['maritalStatus', '05'],
  ['payRollTopBankCode', '999'],
  ['idCardType', '98'],
];

const WRONG_TYPES: readonly (readonly [string, unknown])[] = [
  ['workerName', 7],
  ['isTeamLeader', '1'],
  ['isTeamLeader', true],
  ['isTeamLeader', 2],
  ['workRole', 30],
  ['workRole', '20'],
  ['hasBuyInsurance', '0'],
  ['hasBadMedicalHistory', 5],
  ['workType', 240],
  ['headImage', { data: 'x' }],
];

const DATES: readonly (readonly [string, string])[] = [
  ['workDate', '2026/01/01'],
  ['workDate', '2026-02-30'],
  ['workDate', '2026-03-03'],
  ['joinedTime', '2999-01-01'],
  ['issueCardDate', '2026-03-03'],
  ['startDate', '2026-03-03'],
  ['expiryDate', '长期'],
];

describe('fields of a worker', () => {
  it.each(REQUIRED)('needs %s', async (name) => {
    expect(await refusalOf({ [name]: undefined })).toMatch(
      new RegExp(`^\\[workerList\\]\\[0\\]\\[${name}\\].*不能为空$`),
    );
    expect(await refusalOf({ [name]: '' })).toContain(`[${name}]`);
  });

  it.each(WIDTHS)('keeps %s within %i characters', async (name, width) => {
    expect(await refusalOf({ [name]: '字'.repeat(width + 1) })).toBe(
      `[workerList][0][${name}]长度不能超过${width}个字符`,
    );
  });

  it.each(CODES)('knows no %s %s', async (name, code) => {
    expect(await refusalOf({ [name]: code })).toBe(`[workerList][0][${name}]代码${code}不在字典中`);
  });

  it.each(WRONG_TYPES)('refuses %s = %j', async (name, value) => {
    expect(await refusalOf({ [name]: value })).toMatch(
      new RegExp(`^\\[workerList\\]\\[0\\]\\[${name}\\](类型不正确|取值)`),
    );
  });

  it.each(DATES)('refuses %s = %s', async (name, value) => {
    expect(await refusalOf({ [name]: value })).toMatch(new RegExp(`^\\[workerList\\]\\[0\\]\\[${name}\\]日期`));
  });

  it('refuses an ID validity that ends before it starts', async () => {
    const problem = await refusalOf({ startDate: '2020-01-01', expiryDate: '2019-01-01' });
    expect(problem).toBe('[workerList][0][expiryDate]不能早于startDate');
  });

  it.each(['08', '02', '20', '99'])('takes no other document than the resident ID card (%s)', async (idCardType) => {
    expect(await refusalOf({ idCardType })).toContain('[idCardType]目前只支持居民身份证');
  });

  it.each(['壮族', '08', 'Zhuang'])('refuses nation %s', async (nation) => {
    expect(await refusalOf({ nation })).toContain('[workerList][0][nation]');
  });

  it.each(['12345', '138-0000-OOOO'])('refuses telephone %s', async (cellPhone) => {
    expect(await refusalOf({ cellPhone })).toContain('[cellPhone]电话号码');
  });

  it('refuses a field that no document names', async () => {
    expect(await refusalOf({ specialty: '焊接' })).toBe('[workerList][0][specialty]未知字段');
  });

  it('joins all problems with a semicolon', async () => {
    const problem = await refusalOf({ workType: '999', grantOrg: '' });
    expect(String(problem).split(';')).toEqual([
      '[workerList][0][workType]代码999不在字典中',
      '[workerList][0][grantOrg]不能为空',
    ]);
  });
});

describe('encrypted numbers', () => {
  it('refuses a clear-text ID number in plain words and does not repeat it', async () => {
    const problem = await refusalOf({ idCardNumber: NUMBERS.wei });
    expect(problem).toBe('[workerList][0][idCardNumber]必须为AES加密后的Base64密文，不接受明文');
  });

  it('refuses a clear-text bank number', async () => {
    expect(await refusalOf({ payRollBankCardNumber: '6222000000000000000' })).toContain(
      '[payRollBankCardNumber]必须为AES',
    );
  });

  it('refuses the cipher text of another key', async () => {
    const idCardNumber = seal(NUMBERS.wei, 'fedcba9876543210fedcba9876543210');
    expect(await refusalOf({ idCardNumber })).toContain('[idCardNumber]AES解密失败');
  });

  it('checks shape and check digit behind the encryption', async () => {
    const wrongDigit = NUMBERS.wei.slice(0, 17) + (NUMBERS.wei.endsWith('7') ? '8' : '7');
    expect(await refusalOf({ idCardNumber: seal(wrongDigit) })).toContain('校验位');
    expect(await refusalOf({ idCardNumber: seal('459999900101001') })).toContain('18位');
  });

  it('keeps a bank number within 30 characters', async () => {
    expect(await refusalOf({ payRollBankCardNumber: seal('6'.repeat(31)) })).toContain('长度不能超过30');
  });
});

async function noise(side: number): Promise<Buffer> {
  const channels = 3;
  const raw = Uint8Array.from({ length: side * side * channels }, (_, index) => (index * index * 7919) >> 5);
  return sharp(raw, { raw: { width: side, height: side, channels } })
    .jpeg({ quality: 100 })
    .toBuffer();
}

describe('pictures', () => {
  const WRONG_FORMAT = '[workerList][0][headImage]图片格式不正确，只支持jpg、jpeg、png';

  it('refuses more than 51,200 characters', async () => {
    const text = `data:image/jpeg;base64,${(await noise(200)).toString('base64')}`;
    expect(text.length).toBeGreaterThan(51_200);
    expect(await refusalOf({ headImage: text })).toBe('[workerList][0][headImage]图片不能大于50KB');
    expect(await refusalOf({ issueCardPic: text })).toBe('[workerList][0][issueCardPic]图片不能大于50KB');
  });

  it('refuses scans of more than 500 KB', async () => {
    const text = `data:image/jpeg;base64,${'A'.repeat(512_000)}`;
    expect(await refusalOf({ positiveIDCardImage: text })).toBe(
      '[workerList][0][positiveIDCardImage]图片不能大于500KB',
    );
  });

  it('refuses raw Base64 without prefix', async () => {
    const raw = (await pictureText()).replace(/^.*,/, '');
    expect(await refusalOf({ headImage: raw })).toBe(WRONG_FORMAT);
  });

  it('refuses a bitmap, by name or relabelled', async () => {
    const bitmap = Buffer.concat([Buffer.from('BM'), Buffer.alloc(60)]).toString('base64');
    expect(await refusalOf({ headImage: `data:image/bmp;base64,${bitmap}` })).toBe(WRONG_FORMAT);
    expect(await refusalOf({ headImage: `data:image/jpg;base64,${bitmap}` })).toBe(WRONG_FORMAT);
  });

  it('refuses a PNG that calls itself JPEG', async () => {
    expect(await refusalOf({ headImage: await pictureText('png', 1, 'jpg') })).toBe(WRONG_FORMAT);
  });

  it('refuses broken Base64 and half a picture', async () => {
    const whole = await pictureText();
    expect(await refusalOf({ headImage: `${whole.slice(0, -9)}*` })).toContain('有效的Base64');
    const half = Buffer.from((await noise(60)).subarray(0, 2000)).toString('base64');
    expect(await refusalOf({ headImage: `data:image/jpeg;base64,${half}` })).toContain('无法解码');
  });
});

describe('the call around the workers', () => {
  const refused = async (changes: Data, workers?: unknown): Promise<unknown> => {
    const list = workers ?? [await workerData()];
    const outcome = await bench.write('ProjectWorker.Add', { ...addCall(teamSysNo, []), workerList: list, ...changes });
    expect(outcome.status).toBe(10);
    return outcome.result;
  };

  it.each(['projectCode', 'corpCode', 'corpName', 'teamSysNo', 'teamName'])('needs %s', async (name) => {
    expect(await refused({ [name]: undefined })).toBe(`[${name}]不能为空`);
  });

  it('needs a list of one to five workers', async () => {
    expect(await refused({}, [])).toBe('[workerList]不能为空');
    expect(await refused({ workerList: 'x' })).toBe('[workerList]不能为空');
    const six = await Promise.all(
      ['1', '2', '3', '4', '5', '6'].map((n) => workerData(withCheckDigit(`4599991990010110${n}`))),
    );
    expect(await refused({}, six)).toBe('[workerList]每次不能超过5人');
  });

  it('names the row of a problem and adds nobody of the call', async () => {
    const bad = await workerData(NUMBERS.qin, { cellPhone: '' });
    expect(await refused({}, [await workerData(), bad])).toBe('[workerList][1][cellPhone]不能为空');
  });

  it('refuses the same number twice in one call', async () => {
    expect(await refused({}, [await workerData(), await workerData()])).toContain(
      '[workerList][1][idCardNumber]同一批次',
    );
  });

  it('refuses a team that does not exist, or not for this company', async () => {
    expect(await refused({ teamSysNo: 1_999_999_999 })).toBe('[teamSysNo]班组编号超出范围或无效');
    expect(await refused({ teamSysNo: String(teamSysNo) })).toContain('[teamSysNo]类型不正确');
    expect(await refused({ teamName: '别的班' })).toContain('[teamName]');
  });

  it('refuses a company outside the project, or under another name', async () => {
    expect(await refused({ corpCode: '91459999TEST00009X' })).toBe('[corpCode]该企业不是本项目的参建单位');
    expect(await refused({ corpName: '另一家公司' })).toBe('[corpName]企业名称与企业代码不一致');
  });
});
