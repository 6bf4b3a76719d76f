import { describe, expect, test } from 'vitest';
import type { BusinessKind, BusinessUploads } from '../business.ts';
import { type CheckSetting, complaintsIn } from './business-check.ts';
import { businessData } from './business-data.ts';
import { businessMethods } from './business-fields.ts';
import { createFieldCipher } from './field-cipher.ts';
import {
  sampleAttendance,
  sampleCompany,
  sampleContracts,
  sampleEntryExit,
  samplePayroll,
  sampleProject,
  sampleSubContractor,
  sampleTeam,
  sampleTraining,
  samplePicture,
} from './sample-business.ts';

const setting: CheckSetting = {
  imageCharacters: 51_200,
  imagePrefix: 'data:image/jpeg;base64,',
  attachmentCharacters: 1_048_576,
  codes: (table) =>
    ({ idCardType: new Set(['01']), corpType: new Set(['151']), direction: new Set(['01', '02']) })[table],
  // 2026-11-26 09:00 in China.
  now: Date.UTC(2026, 10, 26, 1),
};

const samples: { readonly [K in BusinessKind]: BusinessUploads[K] } = {
  company: sampleCompany,
  project: sampleProject,
  'project-change': { ...sampleProject, projectCode: 'TEST0001' },
  'sub-contractor': sampleSubContractor,
  'sub-contractor-change': sampleSubContractor,
  team: sampleTeam,
  'team-change': { teamSysNo: 1_000_000_001, teamName: '木工二班' },
  'entry-exit': sampleEntryExit,
  contract: sampleContracts,
  training: sampleTraining,
  attendance: sampleAttendance,
  payroll: samplePayroll,
};

const complaints = (kind: BusinessKind, upload: object) =>
  complaintsIn(upload, businessMethods[kind].fields, setting).map(({ path, reason }) => `${path} ${reason}`);

describe('a good upload has no complaints', () => {
  test.each(Object.keys(samples) as BusinessKind[])('%s', (kind) => {
    expect(complaints(kind, samples[kind])).toEqual([]);
  });
});

describe('every required field is missed when it is left out', () => {
  test.each(Object.keys(samples) as BusinessKind[])('%s', (kind) => {
    const needed = Object.entries(businessMethods[kind].fields).filter(([, { required }]) => required);
    expect(complaints(kind, {})).toEqual(needed.map(([name]) => `${name} missing`));
  });
});

const [firstContract] = sampleContracts.contractList;
const [firstPassage] = sampleEntryExit.workerList;
const withPassage = (change: object) => ({
  ...sampleEntryExit,
  workerList: [firstPassage, { ...firstPassage, ...change }],
});
const withContract = (change: object) => ({ ...sampleContracts, contractList: [{ ...firstContract, ...change }] });

describe('what the platform would refuse is found before', () => {
  test.each<[string, BusinessKind, object, string]>([
    ['a day that does not exist', 'entry-exit', withPassage({ date: '2026-02-30' }), '[workerList][1][date] malformed'],
    ['a day in the future', 'entry-exit', withPassage({ date: '2026-11-27' }), '[workerList][1][date] in-future'],
    ['neither entry nor exit', 'entry-exit', withPassage({ type: 2 }), '[workerList][1][type] not-in-table'],
    ['a passport', 'entry-exit', withPassage({ idCardType: '08' }), '[workerList][1][idCardType] not-in-table'],
    [
      'a short number',
      'entry-exit',
      withPassage({ idCardNumber: '45999919900101' }),
      '[workerList][1][idCardNumber] malformed',
    ],
    [
      'a PNG voucher',
      'entry-exit',
      withPassage({ voucher: Uint8Array.of(0x89, 0x50) }),
      '[workerList][1][voucher] malformed',
    ],
    [
      'a large voucher',
      'entry-exit',
      withPassage({ voucher: samplePicture(38_400) }),
      '[workerList][1][voucher] too-large',
    ],
    [
      '51 people',
      'entry-exit',
      { ...sampleEntryExit, workerList: Array(51).fill(firstPassage) },
      'workerList too-many',
    ],
    ['nobody', 'entry-exit', { ...sampleEntryExit, workerList: [] }, 'workerList missing'],
    [
      'a contract that ends first',
      'contract',
      withContract({ endDate: '2025-12-31' }),
      '[contractList][0][endDate] wrong-order',
    ],
    [
      'three files',
      'contract',
      withContract({ attachments: Array(3).fill({ name: 'a', data: samplePicture(9) }) }),
      '[contractList][0][attachments] too-many',
    ],
    [
      'a price in tenths of a fen',
      'contract',
      withContract({ unitPrice: 1.005 }),
      '[contractList][0][unitPrice] malformed',
    ],
    [
      'a score of 101',
      'training',
      { ...sampleTraining, workers: [{ ...sampleTraining.workers[0], trainingScore: 101 }] },
      '[workers][0][trainingScore] out-of-range',
    ],
    ['a company type of another table', 'company', { ...sampleCompany, corpType: '006' }, 'corpType not-in-table'],
    ['a division with letters', 'company', { ...sampleCompany, areaCode: '45O000' }, 'areaCode malformed'],
    [
      'a team that entered without papers',
      'team',
      { ...sampleTeam, entryTime: '2026-11-01' },
      'entryAttachments missing',
    ],
    ['a blank team name', 'team', { ...sampleTeam, teamName: '  ' }, 'teamName malformed'],
    ['a long team name', 'team', { ...sampleTeam, teamName: '班'.repeat(101) }, 'teamName too-long'],
    [
      'a moment ahead of the clock',
      'attendance',
      { ...sampleAttendance, dataList: [{ ...sampleAttendance.dataList[0], date: '2026-11-26T01:00:01Z' }] },
      '[dataList][0][date] in-future',
    ],
    [
      'a place beside the globe',
      'attendance',
      { ...sampleAttendance, dataList: [{ ...sampleAttendance.dataList[0], lat: 91 }] },
      '[dataList][0][lat] out-of-range',
    ],
    ['a team number of zero', 'attendance', { ...sampleAttendance, teamSysNo: 0 }, 'teamSysNo out-of-range'],
  ])('%s', (_, kind, upload, expected) => {
    expect(complaints(kind, upload)).toEqual([expected]);
  });

  test('every row is looked at', () => {
    const upload = {
      ...sampleEntryExit,
      workerList: [{ ...firstPassage, date: 'x' }, firstPassage, { ...firstPassage, type: 7 }],
    };
    expect(complaints('entry-exit', upload)).toEqual([
      '[workerList][0][date] malformed',
      '[workerList][2][type] not-in-table',
    ]);
  });
});

describe('how it is written', () => {
  const cipher = createFieldCipher('0123456789abcdef0123456789abcdef');
  const write = (kind: BusinessKind, upload: object) =>
    businessData(upload, businessMethods[kind].fields, { cipher, imagePrefix: 'data:image/jpeg;base64,' });

  test('people and banks are encrypted, and nowhere in clear', () => {
    for (const kind of Object.keys(samples) as BusinessKind[]) {
      const sent = JSON.stringify(write(kind, samples[kind]));
      expect(sent, kind).not.toMatch(/459999199001010019|6217000000000000000/);
    }
    // The vector that OpenSSL gives for this number and secret.
    const { workerList } = write('entry-exit', withPassage({ idCardNumber: '99000019000101001X' }));
    expect(workerList).toMatchObject([{}, { idCardNumber: 'N7wJgjwsk/H5vA4dlVpH3xFZbVzoi682eJ9iFPhfb3Q=' }]);
  });

  test('moments are written in China time, pictures as text with their prefix, and empty fields not at all', () => {
    const { dataList } = write('attendance', sampleAttendance);
    expect(dataList).toMatchObject([{ date: '2026-11-26 08:30:00', direction: '01' }]);
    expect(JSON.stringify(dataList)).toContain('"image":"data:image/jpeg;base64,/9j/');
    expect(write('team', { ...sampleTeam, remark: '' })).not.toHaveProperty('remark');
  });

  test('the fields stand in the order of the interface', () => {
    expect(Object.keys(write('company', sampleCompany))).toEqual([
      'corpCode',
      'corpName',
      'corpType',
      'areaCode',
      'registerDate',
    ]);
  });
});
