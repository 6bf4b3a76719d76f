import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Draft, Team } from '../contract/enrolment.ts';
import { checkCharacter } from '../enrolment/id-number.ts';
import { readWorkbook, writeWorkbook } from '../spreadsheet/workbook-job.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/open-store.ts';
import { sampleDraft, sampleKey, sampleName, sampleTeam, temporaryFolder } from '../store/sample-draft.ts';
import { DialectShelf } from './dialect-shelf.ts';
import { ExpectedDesk } from './expected-desk.ts';
import { expectedForm } from './list-reading.ts';
import { sheetColumns } from './list-template.ts';
import { peopleCodesOf } from './people-codes.ts';
import { WorkbookDesk } from './workbook-desk.ts';

const valid = (digits: string) => `${digits}${checkCharacter(digits)}`;
/** Division 459999 does not exist. */
const sampleNumber = valid('45999919900101001');
const wrongNumber = `${sampleNumber.slice(0, 17)}${sampleNumber.endsWith('0') ? '1' : '0'}`;

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;
let team: Team;
let desk: ExpectedDesk;
let draft: Draft | undefined;

beforeEach(() => {
  folder = temporaryFolder();
  store = openStore({ file: folder.path('station.db'), key: sampleKey });
  team = store.teams.add(sampleTeam);
  draft = undefined;
  const dialects = new DialectShelf();
  desk = new ExpectedDesk({
    store,
    operator: () => 'tester',
    team: () => team,
    draft: () => draft,
    codes: () => peopleCodesOf({ dialects, connection: undefined }),
    workbooks: new WorkbookDesk(() => undefined),
    now: () => new Date('2026-11-02T01:00:00Z'),
    onChanged: () => undefined,
  });
});
afterEach(() => {
  store.close();
  folder.remove();
});

/** A list as somebody fills in the template. */
const listOf = (rows: readonly (readonly string[])[]) =>
  writeWorkbook([
    {
      name: '名单',
      columns: sheetColumns(expectedForm),
      rows: rows.map((row) => expectedForm.columns.map((_, index) => row[index] ?? '')),
    },
  ]);

const other = '11010519491231002X';
const laid = (number = sampleNumber): Draft => ({ ...sampleDraft(number), team });

describe('a list of expected workers', () => {
  test('is read row by row; the good rows are taken without the bad ones', async () => {
    const file = await listOf([
      ['韦试样', sampleNumber, '', '030', '13800000000', '初中', '13 群众', '6217 0000 0000 0000 000', '', '2026/3/5'],
      ['黄样本', wrongNumber],
      ['莫测试', '4.5999919900101E+17', '没有的班', '不存在', '12', '', '', '12', '', '3月5日'],
      ['', other],
      ['覃示例', sampleNumber],
      ['陆范例'],
    ]);
    const { id, rows } = await desk.read(file);
    expect(
      rows.map(({ row, state, problems }) => [
        row,
        state,
        problems.map(({ column, problem }) => `${column} ${problem}`),
      ]),
    ).toEqual([
      [2, 'new', []],
      [3, 'wrong', ['number number-check']],
      [
        4,
        'wrong',
        ['number number-as-amount', 'trade code', 'phone phone', 'bankCard bank-card', 'entryDate date', 'team team'],
      ],
      [5, 'wrong', ['name missing']],
      [6, 'wrong', ['number twice']],
      [7, 'new', []],
    ]);
    expect(desk.take(id)).toBe(2);
    expect(store.expected.list(team.id)).toMatchObject([
      {
        name: '韦试样',
        number: sampleNumber,
        fields: {
          workType: '030',
          cellPhone: '13800000000',
          cultureLevelType: '02',
          politicsType: '13',
          payRollBankCardNumber: '6217000000000000000',
          entryDate: '2026-03-05',
        },
      },
      { name: '陆范例', number: undefined },
    ]);
    expect(() => desk.take(id)).toThrow('store.not-found');
    // Without a number it is the name that nobody is listed under twice.
    expect(desk.take((await desk.read(await listOf([['陆范例']]))).id)).toBe(0);
  });

  test('puts a row into the team that it names', async () => {
    const carpenters = store.teams.add({ ...sampleTeam, teamName: '木工二班' });
    desk.take((await desk.read(await listOf([['韦试样', sampleNumber, '木工二班']]))).id);
    expect(store.expected.list(carpenters.id)).toHaveLength(1);
    expect(desk.listingOf(laid())).toEqual({ kind: 'other-team', teamName: '木工二班' });
  });

  test('can be made from the template, whose example is nobody', async () => {
    const { bytes } = await desk.template();
    const [heading, example] = await readWorkbook(bytes, 10);
    expect(heading?.slice(0, 3)).toEqual(['姓名*', '身份证号', '班组']);
    expect(example?.[1]).toBe('11010519491231002X');
    expect((await desk.read(bytes)).rows).toEqual([]);
  });

  test('gives back those who have not come, in a form that is read again', async () => {
    desk.take(
      (
        await desk.read(
          await listOf([
            ['韦试样', sampleNumber, '', '030'],
            ['黄样本', other],
          ]),
        )
      ).id,
    );
    store.records.seal(laid(), 'tester');
    const { bytes, fileName } = await desk.exported();
    expect(fileName).toBe('未到人员-钢筋一班-2026-11-02.xlsx');
    const { id, rows } = await desk.read(bytes);
    expect(rows).toMatchObject([{ name: '黄样本', state: 'known' }]);
    expect(desk.take(id)).toBe(0);
  });

  test.each([
    [
      'without the headings',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
      'workbook.columns',
    ],
    ['without rows', [], 'workbook.empty'],
  ])('%s is refused', async (_, rows, code) => {
    const columns = rows.length === 0 ? sheetColumns(expectedForm) : [{ title: 'x', width: 5 }];
    await expect(desk.read(await writeWorkbook([{ name: 'x', columns, rows }]))).rejects.toThrow(code);
  });
});

describe('whole-team mode', () => {
  beforeEach(() => (desk.mode = { on: true, entryDate: '2026-03-05' }));

  test('fills in what the list knows of the card, and keeps trade and day for those it does not know', async () => {
    desk.take(
      (
        await desk.read(
          await listOf([['韦试样', sampleNumber, '', '030', '13800000000', '', '', '', '', '2026-03-01']]),
        )
      ).id,
    );
    expect(desk.prefilled(laid())).toEqual({ workType: '030', cellPhone: '13800000000', entryDate: '2026-03-01' });
    desk.sealed({ ...laid(), fields: { workType: '240' } });
    expect(desk.prefilled(laid(other))).toEqual({ workType: '240', entryDate: '2026-03-05' });
    desk.mode = { on: false };
    expect(desk.prefilled(laid())).toEqual({});
  });

  test('says how the card in work stands to the list; the card stays the truth', async () => {
    desk.take(
      (
        await desk.read(
          await listOf([
            ['别名', sampleNumber],
            [sampleName, valid('45999919900101002')],
          ]),
        )
      ).id,
    );
    const listing = (number: string) => {
      draft = laid(number);
      return desk.view().listing;
    };
    expect(listing(sampleNumber)).toEqual({ kind: 'listed', listedName: '别名' });
    expect(listing(other)).toEqual({
      kind: 'same-name',
      listedNumber: `459999********${valid('45999919900101002').slice(-4)}`,
    });
    const [, namesake] = store.expected.list(team.id);
    desk.remove(namesake?.id);
    expect(listing(other)).toEqual({ kind: 'not-listed' });
  });

  test('counts who came', async () => {
    desk.take(
      (
        await desk.read(
          await listOf([
            ['韦试样', sampleNumber],
            ['黄样本', other],
          ]),
        )
      ).id,
    );
    store.records.seal(laid(), 'tester');
    const { came, workers } = desk.view();
    expect([came, workers.map(({ state }) => state)]).toEqual([1, ['came', 'expected']]);
  });
});
