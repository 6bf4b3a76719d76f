import { expect, it } from 'vitest';
import { countryName } from './country-name.ts';

it('names countries in both languages', () => {
  expect(countryName('SAU', 'zh-CN')).toBe('沙特阿拉伯');
  expect(countryName('KAZ', 'zh-CN')).toBe('哈萨克斯坦');
  expect(countryName('KAZ', 'en')).toBe('Kazakhstan');
});

it('names no country for letters that stand for none', () => {
  expect(countryName('XXA', 'zh-CN')).toBeUndefined();
  expect(countryName('constructor', 'en')).toBeUndefined();
});
