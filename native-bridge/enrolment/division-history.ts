import { type Division, type DivisionName, type DivisionTable, isUndated } from './native-place.ts';

/** All divisions of one moment: six-digit code → name. */
export interface DivisionList {
  readonly year: number;
  readonly names: Readonly<Record<string, string>>;
}

interface Span {
  readonly name: string;
  readonly first: number;
  readonly last: number;
}

/** The runs of lists in which a code has one and the same name; `first` and `last` are indices of lists. */
function spansOf(code: string, lists: readonly DivisionList[]): readonly Span[] {
  const spans: Span[] = [];
  for (const [index, { names }] of lists.entries()) {
    const name = names[code];
    if (name === undefined) continue;
    const before = spans.at(-1);
    if (before?.name === name && before.last === index - 1) spans[spans.length - 1] = { ...before, last: index };
    else spans.push({ name, first: index, last: index });
  }
  return spans;
}

/**
 * A list shows what held at its own moment. What changed between two lists did so after the older one and not after
 * the newer one, which is all that is known.
 */
function datedName({ name, first, last }: Span, years: readonly number[], isNewestOfAll: boolean): DivisionName {
  const isNewest = last === years.length - 1 && isNewestOfAll;
  return {
    name,
    ...(years[first] !== undefined && { from: years[first] }),
    ...(!isNewest && years[last] !== undefined && { to: years[last] }),
    ...(first > 0 && { notBefore: years[first - 1], absentFrom: years[0] }),
    ...(!isNewest && years[last + 1] !== undefined && { notAfter: years[last + 1] }),
  };
}

/**
 * What became of every code over the years. A code of the last list is in use today; where that list is an old one
 * (`isNewestOfAll` false), its names end with its year and what came after is left open.
 */
export function historyOf(lists: readonly DivisionList[], isNewestOfAll = true): DivisionTable {
  const sorted = lists.toSorted((a, b) => a.year - b.year);
  const years = sorted.map(({ year }) => year);
  const codes = [...new Set(sorted.flatMap(({ names }) => Object.keys(names)))].toSorted();
  const entries = codes.map((code): [string, Division] => {
    const spans = spansOf(code, sorted);
    const names = spans.map((span) => datedName(span, years, isNewestOfAll));
    return [code, { current: spans.at(-1)?.last === sorted.length - 1, names }];
  });
  return Object.fromEntries(entries);
}

/** Adds a name that a source knows without saying when: it was in use before every name that has years. */
export function withUndatedNames(table: DivisionTable, names: Readonly<Record<string, string>>): DivisionTable {
  const added = Object.entries(names).map(([code, name]): [string, Division] => {
    const { current, names: known } = table[code] ?? { current: false, names: [] };
    return [code, { current, names: known.some((other) => other.name === name) ? known : [{ name }, ...known] }];
  });
  return Object.fromEntries(Object.entries({ ...table, ...Object.fromEntries(added) }).toSorted());
}

/** The years that some names speak of. */
interface Reach {
  readonly first: number;
  readonly last: number;
}

function reachOf(names: readonly DivisionName[]): Reach {
  return {
    first: Math.min(...names.map(({ from }) => from ?? 0)),
    last: Math.max(...names.map(({ to }) => to ?? Number.MAX_SAFE_INTEGER)),
  };
}

/** What a name says of the years before the reach of better knowledge. */
function partBefore(name: DivisionName, { first }: Reach): readonly DivisionName[] {
  if ((name.from ?? 0) >= first) return [];
  if (name.to !== undefined && name.to < first) return [name];
  const { notAfter: _notAfter, ...rest } = name;
  return [{ ...rest, to: first - 1 }];
}

/** What a name says of the years after it. */
function partAfter(name: DivisionName, { last }: Reach): readonly DivisionName[] {
  if ((name.to ?? Number.MAX_SAFE_INTEGER) <= last) return [];
  if ((name.from ?? 0) > last) return [name];
  const { notBefore: _notBefore, absentFrom: _absentFrom, ...rest } = name;
  return [{ ...rest, from: last + 1 }];
}

/** One name where two sources tell of the same one, one after the other. */
function joined(names: readonly DivisionName[]): DivisionName[] {
  return names.reduce<DivisionName[]>((done, next) => {
    const before = done.at(-1);
    if (before?.name !== next.name || isUndated(before)) return [...done, next];
    const { from: _from, notBefore: _notBefore, absentFrom: _absentFrom, ...end } = next;
    const { to: _to, notAfter: _notAfter, ...start } = before;
    return [...done.slice(0, -1), { ...start, ...end }];
  }, []);
}

/** The years of an old list end with it, and what came after it is not known. */
const isOpenQuestion = ({ to, notAfter }: DivisionName) => to !== undefined && notAfter === undefined;

function mergedDivision(base: Division, over: Division): Division {
  const reach = reachOf(over.names);
  const goesOn = over.names.at(-1);
  const isUndecided = goesOn !== undefined && isOpenQuestion(goesOn);
  const undated = base.names.filter((name) => isUndated(name) && !over.names.some((other) => other.name === name.name));
  const dated = base.names.filter((name) => !isUndated(name));
  const before = dated.flatMap((name) => partBefore(name, reach));
  const after = isUndecided ? dated.flatMap((name) => partAfter(name, reach)) : [];
  return {
    current: isUndecided ? base.current : over.current,
    names: [...undated, ...joined([...before, ...over.names, ...after])],
  };
}

/** `over` laid on `base`: of the years that `over` speaks of it counts, of the others what `base` says. */
export function mergeDivisions(base: DivisionTable, over: DivisionTable): DivisionTable {
  const merged = Object.entries(over).map(([code, division]): [string, Division] => {
    const known = base[code];
    return [code, known === undefined ? division : mergedDivision(known, division)];
  });
  return { ...base, ...Object.fromEntries(merged) };
}
