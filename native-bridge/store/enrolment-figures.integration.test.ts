import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import sqlite from 'better-sqlite3-multiple-ciphers';
import { createDatabase } from './database.ts';
import { quantile } from './enrolment-figures.ts';
import { migrate } from './migration.ts';
import { openStore, storeOn } from './open-store.ts';
import type { Store } from './open-store.ts';
import { numberedDraft, sampleKey, sampleTeam, temporaryFolder } from './sample-draft.ts';
import type { SealedDraft } from './seal.ts';

/** The last version of the file without the table of figures. */
const beforeTheCounting = 15;

const { projectCode } = sampleTeam;

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;
let clock: number;

beforeEach(() => {
  folder = temporaryFolder();
  clock = Date.parse('2026-11-02T01:00:00.000Z');
  store = openStore({ file: folder.path('station.db'), key: sampleKey, now: () => new Date(clock) });
});
afterEach(() => {
  store.close();
  folder.remove();
});

/** Seals the n-th sample so many seconds after its card was first read. */
function seal(index: number, seconds: number, change: Partial<SealedDraft> = {}, actor = 'first'): void {
  const draft = { ...numberedDraft(index), startedAt: new Date(clock).toISOString(), ...change };
  clock += seconds * 1000;
  store.records.seal(draft, actor);
}

const query = { from: '2026-11-01', to: '2026-11-03' };
const figures = (more: object = {}) => store.figures.statistics(projectCode, { ...query, ...more });

describe('the figures of the desk', () => {
  test('count enrolments by the day in China, with their times', () => {
    for (const [index, seconds] of [30, 40, 50, 60, 70, 80, 90, 100, 110, 200].entries()) seal(index, seconds);
    clock = Date.parse('2026-11-02T16:00:00.000Z');
    seal(20, 65, { photo: { ...numberedDraft(20).photo, attempt: 2 } });
    const { days, total } = figures();
    expect(days.map(({ day, enrolled, firstShot }) => [day, enrolled, firstShot])).toEqual([
      ['2026-11-01', 0, 0],
      ['2026-11-02', 10, 10],
      ['2026-11-03', 1, 0],
    ]);
    expect(days[1]?.seconds).toEqual({ median: 70, p90: 110 });
    expect(days[0]?.seconds).toBeUndefined();
    expect(total).toMatchObject({ enrolled: 11, firstShot: 10, unsent: 11 });
  });

  test('tell of today what the day tells', () => {
    expect(store.figures.today(projectCode, new Date(clock))).toEqual({ enrolled: 0 });
    for (const [index, seconds] of [30, 50, 90, 40].entries()) seal(index, seconds);
    seal(5, 20, { photo: { ...numberedDraft(5).photo, attempt: 2 } });
    const day = figures().days[1];
    const expected = { enrolled: 5, medianSeconds: 40, firstShotRate: 0.8 };
    expect(store.figures.today(projectCode, new Date(clock))).toEqual(expected);
    expect(day).toMatchObject({ enrolled: 5, seconds: { median: 40 }, firstShot: 4 });
    expect(store.figures.today(projectCode, new Date('2026-11-02T16:00:00.000Z'))).toEqual({ enrolled: 0 });
    expect(store.figures.today('OTHER', new Date(clock))).toEqual({ enrolled: 0 });
  });

  test('count comparisons and retakes, also of an enrolment that is given up', () => {
    const draft = numberedDraft(1);
    const compared = (band: 'review' | 'no-match') => ({
      ...draft,
      comparison: { ...draft.comparison, band } as const,
    });
    store.figures.compared(compared('review'), 'first');
    store.figures.compared(compared('no-match'), 'first');
    store.figures.compared(compared('no-match'), 'first');
    store.figures.retaken(compared('no-match'), 'first');
    store.figures.retaken(draft, 'first');
    store.figures.discarded(draft, 'first');
    expect(figures().total).toMatchObject({
      compared: 3,
      grey: 1,
      refused: 2,
      discarded: 1,
      enrolled: 0,
      retakes: [
        { reason: 'compared-no-match', count: 1 },
        { reason: 'operator', count: 1 },
      ],
    });
  });

  test('can be asked for by team and by operator', () => {
    seal(1, 30);
    seal(2, 30, { team: { ...sampleTeam, teamName: '木工二班' } }, 'second');
    expect(figures()).toMatchObject({ teamNames: ['木工二班', '钢筋一班'], operators: ['first', 'second'] });
    expect(figures({ teamName: '木工二班' }).total).toMatchObject({ enrolled: 1, unsent: 1 });
    expect(figures({ operator: 'first' }).total).toMatchObject({ enrolled: 1, unsent: 1 });
    expect(figures({ operator: 'first', teamName: '木工二班' }).total).toMatchObject({ enrolled: 0, unsent: 0 });
  });

  test('are of one project, and a correction is no enrolment', () => {
    seal(1, 30);
    const [record] = store.records.list({ limit: 1 });
    store.correction.correct(
      record?.id ?? '',
      { team: sampleTeam, fields: { ...numberedDraft(1).fields, cellPhone: '13900000000' } },
      'first',
    );
    expect(figures().total.enrolled).toBe(1);
    expect(store.figures.statistics('OTHER', query).total.enrolled).toBe(0);
  });
});

test('records that are older than the counting are counted when the file is brought up to date', () => {
  const raw = new sqlite(':memory:');
  const database = createDatabase(raw);
  migrate(database, beforeTheCounting);
  database.script(`
    INSERT INTO records (id, content, content_hash, sealed_at, changed_at, project_code, card_number, name, team_name,
      band, seconds, photo_attempt) VALUES ('old', '{}', '', '2026-11-01T17:00:00.000Z', '', '${projectCode}', '1', '',
      '钢筋一班', 'review', 41.6, 1)`);
  migrate(database);
  const old = storeOn(database).figures.statistics(projectCode, query);
  expect(old.days[1]).toMatchObject({ day: '2026-11-02', enrolled: 1, grey: 1, seconds: { median: 42, p90: 42 } });
  raw.close();
});

test('a quantile is the smallest value that so many are not above', () => {
  expect(
    quantile(
      [
        [1, 1],
        [2, 8],
        [9, 1],
      ],
      0.9,
    ),
  ).toBe(2);
  expect(
    quantile(
      [
        [9, 1],
        [1, 1],
      ],
      0.5,
    ),
  ).toBe(1);
  expect(quantile([], 0.5)).toBeUndefined();
});
