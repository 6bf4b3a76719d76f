import type { PrintedWorker } from '../../native-bridge/contract/print-calls.ts';

/** Two columns of five on A4. */
export const badgesOnPage = 10;

/** Rows of the register on A4, each as high as a photo. */
export const rowsOnPage = 12;

/** So many at a time; the last ones may be fewer. */
export const inGroupsOf = <T>(size: number, all: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));

/** One sheet of the register: it has one project and one company at its head. */
export interface RegisterPage {
  readonly projectName: string;
  readonly corpName: string;
  /** With the place in the whole list, from 1. */
  readonly rows: readonly { readonly place: number; readonly worker: PrintedWorker }[];
}

/** The workers of one company after another, in the order in which their first ones come. */
export function registerPages(workers: readonly PrintedWorker[]): readonly RegisterPage[] {
  const ofHead = Map.groupBy(workers, ({ projectName, corpName }) => JSON.stringify([projectName, corpName]));
  let place = 0;
  return [...ofHead.values()].flatMap((group) =>
    inGroupsOf(rowsOnPage, group).map((part) => ({
      projectName: part[0]?.projectName ?? '',
      corpName: part[0]?.corpName ?? '',
      rows: part.map((worker) => ({ place: ++place, worker })),
    })),
  );
}

/** Names of the national groups run up to forty characters; longer ones are set smaller, so that no name is cut. */
export function nameSize(name: string): 'short' | 'long' | 'very-long' {
  if (name.length <= 6) return 'short';
  return name.length <= 14 ? 'long' : 'very-long';
}
