import { describe, expect, it } from 'vitest';
import { type DivisionTable, nameIn, nativePlace, usedIn } from './native-place.ts';

const since1998 = (name: string) => ({ current: true, names: [{ name, from: 1998 }] });

/** Invented divisions of the kinds that there are. */
const table: DivisionTable = {
  '450000': since1998('样本省'),
  '450100': { current: true, names: [{ name: '试验地区' }, { name: '试验市', from: 1998 }] },
  '450103': since1998('示例区'),
  '450121': {
    current: false,
    names: [{ name: '旧县' }, { name: '新县', from: 1998, to: 2003, notAfter: 2005 }],
  },
  '450181': { current: true, names: [{ name: '后来市', from: 2010, notBefore: 2008, absentFrom: 1998 }] },
  '450101': since1998('市辖区'),
  '459000': since1998('省直辖县级行政区划'),
  '459001': since1998('样潜市'),
  '110000': since1998('样京市'),
  '110100': since1998('市辖区'),
  '110101': since1998('样东区'),
  '110200': { current: false, names: [{ name: '县', from: 1998, to: 2014 }] },
  '110228': { current: false, names: [{ name: '样云县', from: 1998, to: 2014, notAfter: 2015 }] },
};

describe('native place', () => {
  it('names current and abolished codes from the province down', () => {
    expect(nativePlace('450103', 2000, table)).toEqual({
      code: '450103',
      level: 'county',
      name: '样本省试验市示例区',
      abolished: false,
      usedAtBirth: true,
    });
    expect(nativePlace('450121', 2001, table)).toMatchObject({ name: '样本省试验市新县', abolished: true });
  });

  it('takes every name as it was in the year of birth', () => {
    expect(nativePlace('450121', 1980, table).name).toBe('样本省试验地区旧县');
    expect(nativePlace('450121', 1998, table).name).toBe('样本省试验市新县');
    expect(nativePlace('450121', undefined, table).name).toBe('样本省试验市新县');
  });

  it('falls back to prefecture, then province, then says that it does not know', () => {
    expect(nativePlace('450199', 2000, table)).toMatchObject({ level: 'prefecture', name: '样本省试验市' });
    expect(nativePlace('457799', 2000, table)).toMatchObject({ level: 'province', name: '样本省', abolished: false });
    expect(nativePlace('990000', 2000, table)).toEqual({
      code: '990000',
      level: 'unknown',
      name: '',
      abolished: false,
    });
  });

  it('leaves rows out that only hold a place', () => {
    expect(nativePlace('110101', 2000, table).name).toBe('样京市样东区');
    expect(nativePlace('110228', 2000, table)).toMatchObject({
      level: 'county',
      name: '样京市样云县',
      abolished: true,
    });
    expect(nativePlace('459001', 2000, table)).toMatchObject({ level: 'county', name: '样本省样潜市' });
    expect(nativePlace('450101', 2000, table)).toMatchObject({ level: 'prefecture', name: '样本省试验市' });
  });

  it('knows a prefecture that numbers are issued under', () => {
    expect(nativePlace('450100', 2000, table)).toMatchObject({ level: 'prefecture', name: '样本省试验市' });
  });
});

describe('use of a code in a year', () => {
  const at = (code: string, year: number) => {
    const division = table[code];
    if (division === undefined) throw new Error(code);
    return usedIn(division, year);
  };

  it('is told only where a source tells', () => {
    expect([1990, 1998, 2003].map((year) => at('450121', year))).toEqual([undefined, true, true]);
    expect(at('450181', 2007)).toBe(false);
    expect(at('450181', 1997)).toBeUndefined();
    expect(at('450181', 2009)).toBeUndefined();
    expect(at('450181', 2024)).toBe(true);
  });

  it('is denied after the list that has it no more', () => {
    expect(at('110228', 2015)).toBeUndefined();
    expect(at('110228', 2016)).toBe(false);
  });

  it('is left out of the native place where nothing tells', () => {
    expect(nativePlace('450121', 1990, table)).not.toHaveProperty('usedAtBirth');
    expect(nativePlace('110228', 2020, table).usedAtBirth).toBe(false);
    expect(nativePlace('110228', undefined, table)).not.toHaveProperty('usedAtBirth');
  });
});

describe('name in a year', () => {
  it('is the nearest, and of two equally near ones the newer', () => {
    const division = {
      current: true,
      names: [
        { name: '前', from: 2000, to: 2002 },
        { name: '后', from: 2006 },
      ],
    };
    expect([1990, 2002, 2003, 2004, 2005, 2030].map((year) => nameIn(division, year))).toEqual([
      '前',
      '前',
      '前',
      '后',
      '后',
      '后',
    ]);
    expect(nameIn(undefined, 2000)).toBeUndefined();
  });
});
