import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { peopleCodesSchema } from '../contract/people-codes.ts';
import { DialectShelf } from './dialect-shelf.ts';
import { peopleCodeHandlers } from './people-codes.ts';

const national = join(import.meta.dirname, '..', '..', 'assets', 'dialects', 'national.json');

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'enrol-desk-codes-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const codes = async (dialect: string | undefined) => {
  const connection = dialect === undefined ? undefined : { dialect };
  const handlers = peopleCodeHandlers({ dialects: new DialectShelf(folder), connection });
  return peopleCodesSchema.parse(await handlers['codes.people']({}));
};

it("are the data standard's without a platform", async () => {
  const { workType, cultureLevelType, politicsType } = await codes(undefined);
  expect(workType.find(({ code }) => code === '1000')).toMatchObject({ zh: '其他' });
  expect([cultureLevelType.length, politicsType.length]).toEqual([9, 13]);
});

it("have the platform's own trades, found by their pinyin, and not those that it does not take", async () => {
  const own = JSON.parse(readFileSync(national, 'utf8')) as Record<string, unknown>;
  const workType = {
    add: [
      { code: '241', zh: '手工木工' },
      { code: '020', zh: '钢筋班工人' },
    ],
    remove: ['280'],
  };
  writeFileSync(
    join(folder, 'somewhere.json'),
    JSON.stringify({ ...own, name: 'somewhere', codes: { workType, politicsType: { only: ['13'] } } }),
  );
  const found = await codes('somewhere');
  const trade = (wanted: string) => found.workType.find(({ code }) => code === wanted);
  expect(trade('241')).toEqual({ code: '241', zh: '手工木工', en: '手工木工', initials: 'sgmg' });
  expect(trade('020')).toMatchObject({ zh: '钢筋班工人' });
  expect(trade('280')).toBeUndefined();
  expect(found.politicsType.map(({ code }) => code)).toEqual(['13']);
});

it("are the data standard's while the platform's file cannot be read", async () => {
  writeFileSync(join(folder, 'broken.json'), '{');
  expect(await codes('broken')).toEqual(await codes(undefined));
});
