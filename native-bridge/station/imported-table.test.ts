import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { historyOf } from '../enrolment/division-history.ts';
import { importedDivisions, importedEthnicGroups, type Known } from './imported-table.ts';

const known: Known = {
  divisions: historyOf([{ year: 2023, names: { '459900': '样本地区', '459901': '甲县' } }]),
  newestYear: 2023,
  thisYear: 2026,
};
const read = (text: string) => importedDivisions(text, known);

const name = fc.stringMatching(/^[\u4e00-\u9fa5]{2,12}$/);
const code = fc.integer({ min: 110000, max: 999999 }).map(String);
const year = fc.integer({ min: 1980, max: 2026 }).map(String);

describe('a table of divisions as text', () => {
  it.each([
    ['commas', '459902,乙市\n'],
    ['tabs and CRLF', '459902\t乙市\r\n\r\n'],
    ['a byte-order mark and a heading', '\uFEFFcode,name\n459902,乙市'],
    ['a Chinese heading in another order', '名称\t备注\t行政区划代码\n乙市\t无\t459902'],
    ['quotes', '"459902","乙市"'],
    ['JSON', '{"459902": "乙市"}'],
  ])('may have %s', (_, text) => {
    expect(read(text)).toEqual({
      table: { '459902': { current: true, names: [{ name: '乙市', from: 2026 }] } },
      rows: 1,
      problems: [],
    });
  });

  it('may say from when to when', () => {
    const text = 'code,name,fromYear,toYear\n459902,乙县,1984,1996\n459902,乙市,1996,\n459903,丙县,,1999';
    expect(read(text).table).toEqual({
      '459902': {
        current: true,
        names: [
          { name: '乙县', from: 1984, notBefore: 1984, to: 1996, notAfter: 1996 },
          { name: '乙市', from: 1996, notBefore: 1996 },
        ],
      },
      '459903': { current: false, names: [{ name: '丙县', to: 1999, notAfter: 1999 }] },
    });
  });

  it('may have a list for every year, of which the last says what is so today only when it is new', () => {
    const rows = ['2022,459902,乙县', '2023,459902,乙市'];
    expect(read(rows.join('\n')).table?.['459902']?.names.at(-1)).toEqual({
      name: '乙市',
      from: 2023,
      notBefore: 2022,
      absentFrom: 2022,
    });
    expect(read(rows.slice(0, 1).join('\n')).table?.['459902']?.names).toEqual([
      { name: '乙县', from: 2022, to: 2022 },
    ]);
  });

  it('adds nothing where it repeats what is known, so that a list of all codes ever used revives none', () => {
    expect(read('459901,甲县').table).toEqual({});
    expect(read('code,name,current\n459902,乙县,0').table).toEqual({
      '459902': { current: false, names: [{ name: '乙县' }] },
    });
  });

  it.each([
    ['459902', 'columns'],
    ['45990,乙市', 'code'],
    ['059902,乙市', 'code'],
    ['459902,', 'name'],
    [`459902,${'长'.repeat(41)}`, 'name'],
    ['459902,乙市,19x4', 'year'],
    ['459902,乙市,1996,1984', 'year'],
  ] as const)('with the line %s is refused: %s', (line, reason) => {
    const { table, problems } = read(`459903,丙县\n\n${line}`);
    expect(problems).toEqual([{ line: 3, reason }]);
    expect(table).toBeUndefined();
  });

  it('that contradicts itself is reported, and the later line counts', () => {
    const { table, problems } = read('2024,459902,乙市\n2024,459903,丙县\n2024,459902,乙县');
    expect(problems).toEqual([{ line: 3, reason: 'contradiction' }]);
    expect(table?.['459902']?.names).toEqual([{ name: '乙县', from: 2024 }]);
  });

  it('that contradicts itself without years keeps only the later line', () => {
    expect(read('459902,乙市\n459902,乙县').table?.['459902']?.names).toEqual([{ name: '乙县', from: 2026 }]);
  });

  it.each(['', ' \n ', 'code,name\n', '{', '{}', '{"459902": '])(
    'that is empty or broken (%j) is malformed',
    (text) => {
      expect(() => read(text)).toThrow(expect.objectContaining({ code: 'tables.malformed' }));
    },
  );

  it('names the member of a JSON object that is no name', () => {
    expect(read('{"459902": "乙市", "459903": 5}').problems).toEqual([{ line: 2, reason: 'name' }]);
  });

  it('says the same with commas and with tabs, with a heading and without', () => {
    const rows = fc.uniqueArray(fc.tuple(year, code, name), { selector: ([, at]) => at, minLength: 1 });
    fc.assert(
      fc.property(rows, (made) => {
        const text = (separator: string) => made.map((row) => row.join(separator)).join('\n');
        const plain = read(text(','));
        expect(plain.problems).toEqual([]);
        expect(plain.rows).toBe(made.length);
        expect(read(text('\t'))).toEqual(plain);
        expect(read(`year,code,name\n${text(',')}`)).toEqual(plain);
      }),
    );
  });

  it('never throws anything but its own error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        try {
          for (const { line } of read(text).problems) expect(line).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toMatchObject({ code: 'tables.malformed' });
        }
      }),
    );
  });
});

describe('a table of ethnic groups as text', () => {
  it('takes names as cards have them, and groups that the standard does not name', () => {
    const { table, problems } = importedEthnicGroups('代码,民族\n01,汉族\n97,样例人');
    expect(problems).toEqual([]);
    expect(table).toEqual({ '01': '汉', '97': '样例人' });
  });

  it('refuses codes of divisions', () => {
    expect(importedEthnicGroups('459901,甲县').problems).toEqual([{ line: 1, reason: 'code' }]);
  });
});
