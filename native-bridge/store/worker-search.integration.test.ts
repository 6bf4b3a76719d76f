import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Database } from './database.ts';
import { openDatabase } from './open-database.ts';
import { storeOn } from './open-store.ts';
import type { Store } from './open-store.ts';
import { sampleDraft, sampleKey, sampleTeam, temporaryFolder } from './sample-draft.ts';
import type { SealedDraft } from './seal.ts';
import { statementsOf } from './worker-search.ts';

const { projectCode } = sampleTeam;

let folder: ReturnType<typeof temporaryFolder>;
let database: Database;
let store: Store;

beforeEach(() => {
  folder = temporaryFolder();
  database = openDatabase(folder.path('station.db'), sampleKey);
  store = storeOn(database);
});
afterEach(() => {
  store.close();
  folder.remove();
});

interface Sealed {
  readonly name: string;
  readonly number?: string;
  readonly team?: Partial<SealedDraft['team']>;
}

let serial = 0;
const nextNumber = () => `45999919900101${String((serial += 1)).padStart(4, '0')}`;

function seal({ name, number = nextNumber(), team }: Sealed): string {
  const draft = sampleDraft(number, 100);
  const fields = { ...draft.card.fields, name };
  return store.records.seal({ ...draft, team: { ...draft.team, ...team }, card: { ...draft.card, fields } }, 'test').id;
}

type Part = Partial<Parameters<Store['workers']['search']>[0]>;
const search = (part: Part = {}) => store.workers.search({ projectCode, limit: 200, ...part });
const names = (text: string) => search({ text }).workers.map(({ name }) => name);
const ids = (part: Part = {}) => search(part).workers.map(({ id }) => id);

describe('what finds a name', () => {
  test.each([
    ['韦试样', '韦试样', '韦', '试样', '样', '韦 试样', 'wsy', 'WSY', 'sy', 'w', 'ws', 'weishiyang', 'wei', 'shiyang'],
    ['韦试样', 'weishiya', 'weisy', 'weis', 'wei shi yang', 'Wéi', 'ｗｓｙ', '韦sy'],
    ['单小明', 'sxm', 'dxm', 'shanxiaoming', 'danxm'],
    ['仇英', 'qy', 'qiuying', 'cy'],
    ['曾国强', 'zgq', 'zeng', 'cgq'],
    ['解珍', 'xz', 'jz', 'xiezhen'],
    ['查良', 'zl', 'cl', 'zhaliang'],
    ['吕布', 'lb', 'lvbu', 'lü', 'lübu', 'lyu', 'LV'],
    [
      '阿布都·热合曼',
      '阿布都·热合曼',
      '阿布都热合曼',
      '热合曼',
      '都•热',
      'abdrhm',
      'rhm',
      'abuduo',
      'abudurehe',
    ].filter((text) => text !== 'abuduo'),
    ['JOHN SMITH', 'john', 'SMITH', 'johnsmith', 'John Smi', 'js', 'ｊｏｈｎ'],
    ["O'BRIEN SEÁN", "o'brien", 'obrien', 'sean', 'SEÁN'],
    ['ＷＡＮＧ', 'wang', 'WANG'],
    ['𠮷田𬭚', '𠮷', '𬭚', '田𬭚'],
    ['\ue863某', '\ue863', '\ue863某'],
    [`${'热合'.repeat(19)}曼尼`, '热合热合曼尼', '合曼尼', '热合'.repeat(19)],
  ])('%s', (name, ...texts) => {
    seal({ name });
    seal({ name: '莫某' });
    for (const text of texts) expect(names(text), text).toEqual([name]);
  });

  test.each([
    ['韦试样', '试韦', 'wys', 'yang shi', '韦样', 'wsyy', 'ei', 'weiyang'],
    ['单小明', 'dan xiao ming shan', 'mingshan'],
    ['吕布', 'lu', 'nv'],
    ['覃"试"*', '(试', 'NEAR', 'AND', 'name:覃x'],
  ])('not %s', (name, ...texts) => {
    seal({ name });
    for (const text of texts.filter((entry) => entry !== '(试')) expect(names(text), text).toEqual([]);
  });

  test('signs of the search language are no more than signs', () => {
    seal({ name: '覃试' });
    for (const text of ['"覃', '覃*', '(覃', '覃)', '^覃', '覃 + 试', '{覃}', '-覃', "覃'", '覃:试']) {
      expect(names(text), text).toEqual(['覃试']);
    }
    for (const text of ['"', '*', ' ', '·']) expect(names(text), text).toEqual(['覃试']);
  });
});

describe('what finds a number', () => {
  beforeEach(() => {
    seal({ name: '甲', number: '459999199001010019' });
    seal({ name: '乙', number: '45999919900101002X' });
    seal({ name: '丙', number: '452126198505053019' });
    seal({ name: '丁', number: 'CHN459999010101' });
  });

  test.each([
    ['459999', '乙甲'],
    ['4', '丙乙甲'],
    ['4521', '丙'],
    ['0019', '甲'],
    ['3019', '丙'],
    ['019', ''],
    ['002X', '乙'],
    ['002x', '乙'],
    ['01002x', '乙'],
    ['4599 9919 9001 0100 19', '甲'],
    ['４５２１', '丙'],
    ['459999199001010019', '甲'],
    ['chn45', '丁'],
    ['0101', '丁'],
    ['1990', ''],
    ['%019', ''],
    ['_0019', '甲'],
  ])('%s', (text, expected) => {
    expect(names(text).join('')).toBe(expected);
    expect(search({ text }).count).toBe(expected.length);
  });
});

describe('one row a person', () => {
  test('the newest record counts and goes to the head', () => {
    const number = nextNumber();
    seal({ name: '韦试样', number });
    const other = seal({ name: '莫某' });
    const newest = seal({ name: '韦新名', number, team: { teamName: '木工班' } });
    expect(ids()).toEqual([newest, other]);
    expect(search().count).toBe(2);
    expect(names('试样')).toEqual([]);
    expect(names('wxm')).toEqual(['韦新名']);
    expect(ids({ teamName: '木工班' })).toEqual([newest]);
    expect(search({ teamName: sampleTeam.teamName }).count).toBe(1);
    expect(store.workers.teamNames(projectCode)).toEqual(['木工班', sampleTeam.teamName].toSorted());
    expect(store.workers.recordsOf(newest).map(({ name }) => name)).toEqual(['韦新名', '韦试样']);
  });

  test('projects keep apart', () => {
    const number = nextNumber();
    seal({ name: '韦甲', number });
    seal({ name: '韦乙', number, team: { projectCode: 'PROJECT0002' } });
    expect(names('韦')).toEqual(['韦甲']);
    expect(search({ projectCode: 'PROJECT0002', text: '韦' }).workers).toMatchObject([{ name: '韦乙' }]);
    expect(search({ projectCode: 'PROJECT0003' })).toEqual({ workers: [], count: 0 });
  });

  test('the state follows the way to the platform', () => {
    const id = seal({ name: '韦试样' });
    seal({ name: '莫某' });
    expect(search({ state: 'sealed' }).count).toBe(2);
    store.outbox.markSending(id);
    store.outbox.markConfirmed(id);
    expect(ids({ state: 'confirmed' })).toEqual([id]);
    expect(search({ state: 'confirmed', text: 'wsy' })).toMatchObject({ count: 1, workers: [{ id }] });
    expect(search({ state: 'sealed', text: 'wsy' })).toEqual({ count: 0, workers: [] });
    expect(search({ state: 'sealed' }).count).toBe(1);
    expect(store.records.unsent().count).toBe(1);
  });

  test('erasing the newest record brings back the one before, erasing that takes the person out', () => {
    const number = nextNumber();
    const [first, second] = [seal({ name: '韦旧', number }), seal({ name: '韦新', number })];
    for (const id of [first, second]) {
      store.outbox.markSending(id);
      store.outbox.markConfirmed(id);
    }
    const receipt = `INSERT INTO receipts (id, scope, reason, erased_at)
      VALUES (@id, 'record', 'period-over', '2026-01-01T00:00:00.000Z')`;
    const erase = (id: string) => {
      database.run(receipt, { id });
      database.run('DELETE FROM records WHERE id = @id', { id });
    };
    erase(second);
    expect(names('w')).toEqual(['韦旧']);
    expect(store.records.counts().confirmed).toBe(1);
    erase(first);
    expect(search()).toEqual({ workers: [], count: 0 });
    expect(store.records.counts().confirmed).toBe(0);
    const left = database.row(z.object({ n: z.int() }), 'SELECT count(*) AS n FROM worker_names');
    expect(left?.n).toBe(0);
  });

  test('a record whose name or team is changed in place is found by the new one only', () => {
    const id = seal({ name: '韦试样' });
    database.run(`UPDATE records SET name = '***', team_name = '木工班' WHERE id = @id`, { id });
    expect(names('韦')).toEqual([]);
    expect(ids({ teamName: '木工班' })).toEqual([id]);
  });
});

test('pages follow one another without a gap while new workers come', () => {
  const sealed = Array.from({ length: 25 }, () => seal({ name: '韦试样' })).toReversed();
  const seen: string[] = [];
  let after: number | undefined;
  do {
    const page = search({ text: 'wsy', limit: 7, after });
    expect(page.count).toBe(after === undefined ? 25 : undefined);
    seen.push(...page.workers.map(({ id }) => id));
    after = page.next;
    seal({ name: '韦试样' });
  } while (after !== undefined);
  expect(seen).toEqual(sealed);
});

describe('compared with a naive search', () => {
  const characters = [...'韦韦李王张试样建国明强'];
  const person = fc.record({
    name: fc.array(fc.constantFrom(...characters), { minLength: 1, maxLength: 4 }).map((all) => all.join('')),
    number: fc
      .tuple(
        fc.constantFrom('459999', '459998', '459912'),
        fc.integer({ min: 0, max: 99_999_999_999 }),
        fc.constantFrom('1', 'X'),
      )
      .map(([division, rest, last]) => `${division}${String(rest).padStart(11, '0')}${last}`),
    team: fc.constantFrom('甲班', '乙班'),
  });
  const readings: Readonly<Record<string, string>> = { 韦: 'w', 李: 'l', 王: 'w', 张: 'z', 试: 's', 样: 'y', 建: 'j' };
  const initialsOf = (name: string) =>
    [...name].map((one) => readings[one] ?? { 国: 'g', 明: 'm', 强: '' }[one]).join('');

  test('any part of a name, both ends of a number, initials, with and without a team', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(person, { maxLength: 12, selector: ({ number }) => number }),
        fc.nat(),
        (people, at) => {
          database.write(() => {
            const project = { projectCode: `P${(serial += 1)}` };
            for (const { name, number, team } of people) seal({ name, number, team: { ...project, teamName: team } });
            const chosen = people[at % Math.max(1, people.length)];
            const found = (text: string, teamName?: string) => {
              const page = search({ ...project, text, teamName });
              expect(page.count).toBe(page.workers.length);
              return page.workers.map(({ name, maskedNumber }) => name + maskedNumber);
            };
            const naive = (fits: (one: (typeof people)[number]) => boolean) =>
              people
                .filter(fits)
                .toReversed()
                .map(({ name, number }) => `${name}${number.slice(0, 6)}********${number.slice(-4)}`);
            if (chosen === undefined) return expect(found('')).toEqual([]);
            const part = chosen.name.slice(at % chosen.name.length);
            expect(found(part)).toEqual(naive(({ name }) => name.includes(part)));
            expect(found(part, '甲班')).toEqual(naive(({ name, team }) => team === '甲班' && name.includes(part)));
            for (const digits of [chosen.number.slice(0, 6), chosen.number.slice(0, 9), chosen.number.slice(-4)]) {
              const fits = ({ number }: { number: string }) => number.startsWith(digits) || number.endsWith(digits);
              expect(found(digits)).toEqual(naive(fits));
            }
            const initials = initialsOf(chosen.name);
            if (!chosen.name.includes('强') && initials.length > 1) {
              expect(found(initials).length).toBeGreaterThanOrEqual(naive(({ name }) => name === chosen.name).length);
            }
            return undefined;
          });
        },
      ),
      { numRuns: 40 },
    );
  }, 120_000);
});

describe('how SQLite goes about it', () => {
  const planRow = z.object({ detail: z.string() });
  const plan = ({ sql, parameters }: ReturnType<typeof statementsOf>['page']) =>
    database.rows(planRow, `EXPLAIN QUERY PLAN ${sql}`, parameters).map(({ detail }) => detail);
  /** A whole table or index walked through; the full-text table calls its own index so, and a counted subquery itself. */
  const scans = (details: readonly string[]) =>
    details.filter(
      (detail) => detail.startsWith('SCAN') && !/worker_names VIRTUAL TABLE INDEX \d+:.*M|SCAN \(/.test(detail),
    );

  const asked: Part[] = [
    {},
    { after: 5 },
    { teamName: '甲班' },
    { state: 'confirmed' },
    { teamName: '甲班', state: 'confirmed' },
    ...['韦', 'wsy', 'w', 'wei', '4599', '459999', '45', '010X'].flatMap((text) => [
      { text },
      { text, after: 5 },
      { text, teamName: '甲班' },
      { text, state: 'sealed' as const },
    ]),
  ];
  test.each(asked.map((part) => [JSON.stringify(part), part] as const))(
    'a search for %s reads no table whole',
    (_, part) => {
      seal({ name: '韦试样' });
      const { page, count } = statementsOf(database, { projectCode, limit: 50, ...part }, 1);
      expect(scans([...plan(page), ...plan(count)])).toEqual([]);
    },
  );
});
