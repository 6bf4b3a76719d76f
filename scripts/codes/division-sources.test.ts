import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { divisionFileSchema, nativePlace } from '../../native-bridge/enrolment/native-place.ts';
import { literalNames, withoutParents } from './division-sources.ts';

describe('sources of divisions', () => {
  it('lose what a list writes above a name', () => {
    const full = {
      '450000': '样本省',
      '450100': '样本省试验市',
      '450101': '样本省试验市市辖区',
      '450121': '样本省试验市旧县',
      '450221': '样本省邻近地区错放县',
      '459001': '样本省直辖样市',
      '110000': '样京市',
      '110200': '样京市县',
    };
    expect(withoutParents(full, { '450200': '邻近地区', '500300': '市' })).toEqual({
      '450000': '样本省',
      '450100': '试验市',
      '450101': '市辖区',
      '450121': '旧县',
      '450221': '错放县',
      '459001': '直辖样市',
      '110000': '样京市',
      '110200': '县',
    });
  });

  it('are read from shortened object literals', () => {
    expect(literalNames('var a={45e4:"样本省",450121:"旧县",4599e2:"样本地区"},b={n:"x",7:"y"}')).toEqual({
      '450000': '样本省',
      '450121': '旧县',
      '459900': '样本地区',
    });
  });
});

describe('the built table of divisions', () => {
  const file: unknown = JSON.parse(
    readFileSync(join(import.meta.dirname, '..', '..', 'assets', 'codes', 'divisions.json'), 'utf8'),
  );
  const { divisions } = divisionFileSchema.parse(file);
  const codes = Object.keys(divisions);
  const entries = Object.entries(divisions);

  it('has the codes of four decades', () => {
    expect(codes.length).toBeGreaterThan(7000);
    const current = entries.filter(([, { current }]) => current).length;
    expect(current).toBeGreaterThan(3100);
    expect(current).toBeLessThan(4000);
  });

  it('has all 34 provinces in use', () => {
    const provinces = entries.filter(([code, { current }]) => code.endsWith('0000') && current);
    expect(provinces.length).toBe(34);
  });

  it('names every code with a province, and no name holds what is above it', () => {
    for (const code of codes) {
      const place = nativePlace(code, undefined, divisions);
      expect(place.level, code).not.toBe('unknown');
      const province = divisions[`${code.slice(0, 2)}0000`]?.names.at(-1)?.name ?? '';
      if (!code.endsWith('0000')) expect(place.name.split(province).length, `${code} ${place.name}`).toBe(2);
    }
  });

  it('has names in the order of their years, none of them twice running', () => {
    for (const [code, { names, current }] of entries) {
      const starts = names.flatMap(({ from }) => (from === undefined ? [] : [from]));
      expect(starts, code).toEqual(starts.toSorted((a, b) => a - b));
      expect(
        names.some(({ from, to }) => from !== undefined && to === undefined),
        code,
      ).toBe(current);
    }
  });

  // What happened to well-known places, as told by everybody: Chongqing left Sichuan in 1997, Chongwen was merged in
  // 2010, Wanzhou's county and Beijing's first county codes are long gone.
  it.each([
    ['110103', 1985, '北京市崇文区', true],
    ['110201', 1981, '北京市昌平县', true],
    ['110105', 1990, '北京市朝阳区', false],
    ['450103', 2005, '广西壮族自治区南宁市青秀区', false],
    ['441900', 1990, '广东省东莞市', false],
    ['512221', 1980, '四川省万县地区万县', true],
    ['429004', 2000, '湖北省仙桃市', false],
  ])('knows %s in %i', (code, year, name, abolished) => {
    expect(nativePlace(code, year, divisions)).toMatchObject({ name, abolished });
  });
});
