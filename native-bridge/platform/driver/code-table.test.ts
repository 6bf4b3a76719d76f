import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as sandboxTables from '../sandbox/code-tables.ts';
import { codeTableFileSchema, resultTableFileSchema } from './code-table.ts';

const folder = join(import.meta.dirname, '../../../assets/codes');
/** These two come from other sources and have a form of their own. */
const otherForm = ['divisions.json', 'ethnic-groups.json'];
const files = readdirSync(folder).filter((file) => !otherForm.includes(file));
const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown;

describe('the table files', () => {
  it.each(files)('%s is well formed, with every code once', (file) => {
    const schema = file.endsWith('result-codes.json') ? resultTableFileSchema : codeTableFileSchema;
    expect(schema.safeParse(read(file)).error).toBeUndefined();
  });

  // The reference platform keeps tables of its own, so that a slip in one of them shows.
  it.each([
    ['work-types', sandboxTables.WORK_TYPES],
    ['politics-types', sandboxTables.POLITICS_TYPES],
    ['culture-levels', sandboxTables.CULTURE_LEVELS],
    ['id-card-types', sandboxTables.ID_CARD_TYPES],
    ['marital-states', sandboxTables.MARITAL_STATES],
    ['work-roles', sandboxTables.WORK_ROLES],
    ['banks', sandboxTables.BANKS],
    ['corp-types', sandboxTables.CORP_TYPES],
    ['participant-types', sandboxTables.SUBCONTRACTOR_TYPES],
  ])("%s agrees with the reference platform's own", (name, table) => {
    const { entries } = codeTableFileSchema.parse(read(`${name}.json`));
    expect(new Map(entries.map(({ code, zh }) => [code, zh]))).toEqual(table);
  });

  it('names the documented result codes of both protocols', () => {
    const meanings = (file: string) =>
      Object.fromEntries(resultTableFileSchema.parse(read(file)).entries.map(({ code, means }) => [code, means]));
    expect(Object.keys(meanings('national-result-codes.json')).sort()).toEqual(
      ['0', '-1', '-2', '-3', '-4', '-5', '9999'].sort(),
    );
    expect(Object.keys(meanings('cwr-result-codes.json')).sort()).toEqual(
      ['00', '24', '25', '29', '30', '31', '32', '40', '41', '43', '47', '501'].sort(),
    );
  });

  it('refuses a code that stands twice', () => {
    const table = { title: { zh: '表', en: 'Table' }, version: '1', source: 'x' };
    const entries = [
      { code: '1', zh: '甲' },
      { code: '1', zh: '乙' },
    ];
    expect(codeTableFileSchema.safeParse({ ...table, entries }).success).toBe(false);
  });
});
