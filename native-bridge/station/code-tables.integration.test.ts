import { afterEach, beforeEach, expect, it } from 'vitest';
import { historyOf } from '../enrolment/division-history.ts';
import { nativePlace } from '../enrolment/native-place.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { sampleKey, temporaryFolder } from '../store/sample-draft.ts';
import { tableHandlers } from './code-table-calls.ts';
import { CodeTables } from './code-tables.ts';

const divisionFile = {
  divisions: historyOf([{ year: 2023, names: { '450000': '样本省', '459900': '样本地区', '459901': '甲县' } }]),
  newest: '2023-06-30',
};
const builtIn = {
  readDivisions: () => divisionFile,
  ethnicGroups: { '01': '汉', '02': '样' },
};
const now = () => new Date('2026-11-24T01:00:00.000Z');

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;
const open = () => openStore({ file: folder.path('station.db'), key: sampleKey });
const tables = () => new CodeTables(store.settings, builtIn, now);

beforeEach(() => {
  folder = temporaryFolder();
  store = open();
});

afterEach(() => {
  store.close();
  folder.remove();
});

it('works with the tables it came with until others are imported', () => {
  expect(tables().divisions).toEqual(divisionFile.divisions);
  expect(tables().describe()).toEqual({
    tables: [
      { table: 'divisions', origin: 'built-in', rows: 3, builtInVersion: '2023-06-30' },
      { table: 'ethnic-groups', origin: 'built-in', rows: 2, builtInVersion: 'GB/T 3304—1991' },
    ],
  });
});

it('uses imported divisions at once, keeps them over a restart and goes back', () => {
  const before = tables();
  const answer = before.import('divisions', '459901,乙市\n459902,丙县');
  expect(answer).toMatchObject({ applied: true, rows: 2, problems: [], problemCount: 0 });
  expect(answer.tables[0]).toMatchObject({
    origin: 'imported',
    rows: 4,
    imported: { at: now().toISOString(), rows: 2 },
  });
  expect(nativePlace('459901', undefined, before.divisions).name).toBe('样本省样本地区乙市');
  expect(nativePlace('459901', 2023, before.divisions).name).toBe('样本省样本地区甲县');

  store.close();
  store = open();
  const after = tables();
  expect(after.divisions).toEqual(before.divisions);
  expect(after.reset('divisions').tables[0]).toMatchObject({ origin: 'built-in', rows: 3 });
  expect(after.divisions).toEqual(divisionFile.divisions);
  expect(tables().divisions).toEqual(divisionFile.divisions);
});

it('takes nothing over when a single line is wrong, and says which ones are', () => {
  const station = tables();
  station.import('divisions', '459902,丙县');
  const kept = station.divisions;
  const wrong = Array.from({ length: 150 }, () => 'x,y').join('\n');
  const answer = station.import('divisions', `459903,丁县\n${wrong}`);
  expect(answer).toMatchObject({ applied: false, rows: 151, problemCount: 150 });
  expect(answer.problems).toHaveLength(100);
  expect(answer.problems[0]).toEqual({ line: 2, reason: 'code' });
  expect(station.divisions).toEqual(kept);
});

it('shows an imported ethnic group to who was handed the table before', () => {
  const station = tables();
  const handed = station.ethnicGroups;
  station.import('ethnic-groups', '97,样例人\n02,范例族');
  expect(handed).toEqual({ '01': '汉', '02': '范例', '97': '样例人' });
  station.reset('ethnic-groups');
  expect(handed).toEqual(builtIn.ethnicGroups);
});

it('answers the calls of the contract, trouble included', async () => {
  const handlers = tableHandlers(tables());
  await expect(handlers['settings.tables']({})).resolves.toEqual(tables().describe());
  await expect(handlers['settings.import-table']({ table: 'divisions', text: '' })).rejects.toMatchObject({
    code: 'tables.malformed',
  });
  await handlers['settings.import-table']({ table: 'ethnic-groups', text: '97,样例人' });
  const reset = await handlers['settings.reset-table']({ table: 'ethnic-groups' });
  expect(reset.tables[1]).toMatchObject({ origin: 'built-in', rows: 2 });
});
