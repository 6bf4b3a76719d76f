import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DivisionList, historyOf, mergeDivisions, withUndatedNames } from './division-history.ts';
import { nameIn } from './native-place.ts';

const code = fc.constantFrom('459901', '459902', '459903');
const name = fc.constantFrom('甲县', '乙市', '丙区');
const names = fc.dictionary(code, name, { maxKeys: 3 });

/** Lists of different years between 1980 and 2030. */
const lists: fc.Arbitrary<readonly DivisionList[]> = fc
  .uniqueArray(fc.record({ year: fc.integer({ min: 1980, max: 2030 }), names }), {
    selector: ({ year }) => year,
    minLength: 1,
    maxLength: 8,
  })
  .filter((made) => made.some((list) => Object.keys(list.names).length > 0));

const everyRow = (made: readonly DivisionList[]) =>
  made.flatMap((list) => Object.entries(list.names).map(([at, called]) => ({ year: list.year, at, called })));

describe('history of divisions', () => {
  it('tells from when to when, and between which lists the rest lies', () => {
    const history = historyOf([
      { year: 2005, names: { '459901': '乙市' } },
      { year: 1998, names: { '459901': '甲县', '459902': '丙县' } },
      { year: 2002, names: { '459901': '甲县' } },
    ]);
    expect(history).toEqual({
      '459901': {
        current: true,
        names: [
          { name: '甲县', from: 1998, to: 2002, notAfter: 2005 },
          { name: '乙市', from: 2005, notBefore: 2002, absentFrom: 1998 },
        ],
      },
      '459902': { current: false, names: [{ name: '丙县', from: 1998, to: 1998, notAfter: 2002 }] },
    });
  });

  it('gives every name back in the year of its list', () => {
    fc.assert(
      fc.property(lists, (made) => {
        const history = historyOf(made);
        for (const { year, at, called } of everyRow(made)) expect(nameIn(history[at], year)).toBe(called);
      }),
    );
  });

  it('leaves open what came after old lists', () => {
    const history = historyOf([{ year: 1990, names: { '459901': '甲县' } }], false);
    expect(history).toEqual({ '459901': { current: true, names: [{ name: '甲县', from: 1990, to: 1990 }] } });
  });

  it('puts a name without years before all others, once', () => {
    const history = historyOf([{ year: 1998, names: { '459901': '乙市' } }]);
    const added = withUndatedNames(history, { '459901': '甲县', '459900': '丙地区' });
    expect(Object.keys(added)).toEqual(['459900', '459901']);
    expect(added['459901']?.names.map((known) => known.name)).toEqual(['甲县', '乙市']);
    expect(added['459900']).toEqual({ current: false, names: [{ name: '丙地区' }] });
    expect(withUndatedNames(added, { '459901': '乙市' })).toEqual(added);
  });
});

describe('tables laid on each other', () => {
  it('let the upper one count in the years it has lists of, whatever the lower one says', () => {
    fc.assert(
      fc.property(lists, lists, fc.boolean(), (below, above, isNewest) => {
        const merged = mergeDivisions(historyOf(below), historyOf(above, isNewest));
        for (const { year, at, called } of everyRow(above)) expect(nameIn(merged[at], year)).toBe(called);
      }),
    );
  });

  it('keep what the upper one does not speak of', () => {
    const below = historyOf([{ year: 1998, names: { '459901': '甲县', '459902': '丙区' } }]);
    const above = historyOf([{ year: 2025, names: { '459901': '乙市' } }]);
    const merged = mergeDivisions(below, above);
    expect(merged['459902']).toEqual(below['459902']);
    expect(merged['459901']).toEqual({
      current: true,
      names: [
        { name: '甲县', from: 1998, to: 2024 },
        { name: '乙市', from: 2025 },
      ],
    });
  });

  it('do not let an old list say what is so today', () => {
    const below = historyOf([
      { year: 1998, names: { '459901': '甲县', '459902': '丙区' } },
      { year: 2023, names: { '459902': '丙区' } },
    ]);
    const above = historyOf([{ year: 1990, names: { '459901': '甲县', '459902': '丙区' } }], false);
    const merged = mergeDivisions(below, above);
    expect(merged['459901']).toEqual({
      current: false,
      names: [{ name: '甲县', from: 1990, to: 1998, notAfter: 2023 }],
    });
    expect(merged['459902']).toEqual({ current: true, names: [{ name: '丙区', from: 1990 }] });
  });
});
