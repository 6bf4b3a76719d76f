import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { builtInDialect, builtInDialects } from './built-in-dialects.ts';
import { nameOf } from './code-table.ts';
import { nationIn, readDialect } from './dialect.ts';

const folder = join(import.meta.dirname, '../../../assets/dialects');
const files = readdirSync(folder).map((file) => basename(file, '.json'));
const fileOf = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as object;
const national = fileOf('national');
const codesIn = (value: object) => readDialect(value).codes;

test('the national dialect has the interface standard in it', () => {
  const dialect = builtInDialect('national', 'national');
  expect(dialect.imagePrefix).toBe('data:image/jpeg;base64,');
  expect(dialect.longTermExpiryDate).toBe('2099-12-31');
  expect(dialect.limits).toMatchObject({ imageCharacters: 51_200, workersPerCall: 5, queryPageSize: 50 });
  expect(dialect.pictures).toEqual({ headImage: 'chip-portrait', issueCardPic: 'enrolment-photo' });
  const trades = dialect.codes.workType.map(({ code }) => code);
  // 37 trades of the 2018 table and the two later ones; 260 and 370 were never given.
  expect(new Set(trades).size).toBe(39);
  expect(trades).not.toContain('260');
  expect(trades).not.toContain('370');
  expect(dialect.codes.idCardType).toEqual([{ code: '01', zh: '居民身份证' }]);
});

test('the device dialect has the Guangxi form in it', () => {
  expect(builtInDialect('guangxi-cwr', 'cwr')).toMatchObject({
    version: '1.0',
    signHex: 'upper',
    signsDeviceSerial: true,
    passedLog: 'array',
    clockToleranceSeconds: 300,
    keepAliveSeconds: 300,
    timeFormat: 'yyyy-MM-dd HH:mm:ss',
  });
});

test('every file in the folder is built in, under its own name', () => {
  expect(builtInDialects.map(({ name }) => name).sort()).toEqual(files.sort());
});

test.each([
  ['a wrong value', { limits: { imageCharacters: '50 KB', workersPerCall: 5, queryPageSize: 50, queryPages: 40 } }],
  ['an entry that nobody knows', { imagePreffix: '' }],
  ['a code of no table form', { codes: { workType: { add: [{ code: 'x', zh: '木工' }] } } }],
  ['a driver that nobody has', { driver: 'glodon' }],
  ['a time pattern of other letters', { timeFormat: 'YYYYMMDD' }],
  ['a pace that platforms refuse', { pollSeconds: [0.5] }],
  ['an unknown meaning of a result code', { resultCodes: { 44: 'platform.sleepy' } }],
])('refuses %s', (_what, change) => {
  const refusal: unknown = expect.objectContaining({
    code: 'platform.bad-dialect',
    detail: expect.stringContaining(Object.keys(change)[0] ?? '') as string,
  });
  expect(() => readDialect({ ...national, ...change })).toThrow(refusal);
});

test.each([[null], ['text'], [[]], [{}]])('refuses %j', (value) => {
  expect(() => readDialect(value)).toThrow(expect.objectContaining({ code: 'platform.bad-dialect' }));
});

test('names an unknown dialect and one of another driver', () => {
  expect(() => builtInDialect('atlantis', 'cwr')).toThrow(
    expect.objectContaining({ code: 'platform.bad-dialect', detail: 'unknown dialect atlantis' }),
  );
  expect(() => builtInDialect('national', 'cwr')).toThrow(expect.objectContaining({ code: 'platform.bad-dialect' }));
});

test("a platform's own codes join the table, or are all there is", () => {
  const own = { code: '241', zh: '手工木工' };
  const added = codesIn({ ...national, codes: { workType: { add: [own], remove: ['1000'] } } }).workType;
  expect(added).toHaveLength(39);
  expect(nameOf(added, '241')).toBe('手工木工');
  expect(nameOf(added, '240')).toBe('木工');
  // A code that the table lacks stays visible.
  expect(nameOf(added, '1000')).toBe('1000');
  const renamed = codesIn({ ...national, codes: { workType: { add: [{ code: '240', zh: '细木工' }] } } }).workType;
  expect(renamed).toHaveLength(39);
  expect(nameOf(renamed, '240')).toBe('细木工');
  expect(codesIn({ ...national, codes: { politicsType: { only: ['13'] } } }).politicsType).toHaveLength(1);
});

test('result codes of a platform are laid over the documented ones', () => {
  const { resultCodes } = readDialect({ ...national, resultCodes: { '42': 'platform.busy', '-3': 'refused' } });
  expect(resultCodes.get('42')).toBe('platform.busy');
  expect(resultCodes.get('-3')).toBe('refused');
  expect(resultCodes.get('-2')).toBe('platform.sign-refused');
});

test('writes the ethnic group as text or as the number of GB/T 3304', () => {
  expect(nationIn({ nation: 'text' }, '壮')).toBe('壮');
  expect(nationIn({ nation: 'number' }, '壮')).toBe('08');
  expect(nationIn({ nation: 'number' }, '穿青人')).toBe('穿青人');
});
