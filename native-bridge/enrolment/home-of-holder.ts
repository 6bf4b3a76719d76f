import type { CardFields, MainlandFields, NativePlace } from '../contract/card.ts';
import { countryName } from '../contract/country-name.ts';

const regions: Readonly<Record<string, string>> = {
  '810000': '香港特别行政区',
  '820000': '澳门特别行政区',
  '830000': '台湾省',
};

function regionOf(number: string): NativePlace {
  const code = number.slice(0, 6);
  const name = regions[code];
  const known = /^\d{6}$/.test(code) ? code : '000000';
  return { code: known, level: name === undefined ? 'unknown' : 'province', name: name ?? '', abolished: false };
}

function countryOf(nationality: string): NativePlace {
  const name = countryName(nationality, 'zh-CN');
  return { code: nationality, level: name === undefined ? 'unknown' : 'country', name: name ?? '', abolished: false };
}

/**
 * Where the holder of a card that is no mainland card comes from: Hong Kong, Macao or Taiwan by the first six digits of
 * the permit's number, or the country of nationality.
 */
export function homeOfHolder(fields: Exclude<CardFields, MainlandFields>): NativePlace {
  return fields.kind === 'residence-permit' ? regionOf(fields.number) : countryOf(fields.nationality);
}
