/** One key of a scanner, a card swipe or a person: `at` in milliseconds of a clock that never jumps. */
export interface ArrivedKey {
  readonly key: string;
  readonly at: number;
}

export type Terminator = 'Enter' | 'Tab';

/** What came through the keyboard's line since the last terminator or pause. */
export interface Arrival {
  readonly keys: readonly ArrivedKey[];
  readonly terminator?: Terminator;
}

export const nothingArrived: Arrival = { keys: [] };

/** After so long a silence the next key begins another text; people look for keys, devices do not. */
const pauseMs = 3000;

/**
 * The slowest scanners send a character every 30 ms (Bluetooth), most in 1 to 10; the fastest typists need 60 between
 * two keys.
 */
export const slowestScanMs = 35;
/** A person may hit two or three keys together. */
const fewestScanned = 4;

const isTerminator = (key: string): key is Terminator => key === 'Enter' || key === 'Tab';
/** Shift and the like go with another key. */
const isCharacter = (key: string) => [...key].length === 1;

const isOver = ({ keys, terminator }: Arrival, at: number) =>
  terminator !== undefined || at - (keys.at(-1)?.at ?? at) > pauseMs;

/** Whether a key comes so soon after the last that a device must have sent it. */
export const isOfDevice = ({ keys, terminator }: Arrival, at: number): boolean =>
  terminator === undefined && keys.length >= fewestScanned && at - (keys.at(-1)?.at ?? -Infinity) <= slowestScanMs;

/** What has arrived once this key did; a key that is neither a character nor a terminator changes nothing. */
export function withKey(before: Arrival, { key, at }: ArrivedKey): Arrival {
  const begun = isOver(before, at) ? nothingArrived : before;
  if (isTerminator(key)) return begun.keys.length === 0 ? before : { ...begun, terminator: key };
  return isCharacter(key) ? { keys: [...begun.keys, { key, at }] } : before;
}

export const arrivedText = ({ keys }: Arrival): string => keys.map(({ key }) => key).join('');

/** Milliseconds between neighbouring characters; undefined before there are two. */
export function paceOf({ keys }: Arrival): { readonly median: number; readonly longest: number } | undefined {
  const gaps = keys.slice(1).map(({ at }, index) => at - (keys[index]?.at ?? at));
  const sorted = gaps.toSorted((a, b) => a - b);
  const [median, longest] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  return median === undefined || longest === undefined ? undefined : { median, longest };
}

/** A device keeps its pace; of a person's keys at least half come slower. */
export function isScan(arrival: Arrival): boolean {
  const pace = paceOf(arrival);
  return arrival.keys.length >= fewestScanned && pace !== undefined && pace.median <= slowestScanMs;
}
