import type { RgbImage } from '../face/types.ts';

/** Prime, so that no colour and no column of the picture is left out; the noise of a camera is everywhere anyway. */
const step = 101;

/** FNV-1a over single bytes of a picture: equal for pictures that are equal in every byte looked at. */
export function markOf({ data }: RgbImage): number {
  let mark = 0x811c9dc5;
  for (let at = 0; at < data.length; at += step) mark = Math.imul(mark ^ data[at]!, 0x01000193);
  return mark;
}

/** Counts how many pictures in a row have been the same: 1 for one that differs from the picture before. */
export interface EqualRun {
  add(image: RgbImage): number;
  clear(): void;
}

export function equalRun(): EqualRun {
  let last: number | undefined;
  let run = 0;
  return {
    add: (image) => {
      const mark = markOf(image);
      run = last === mark ? run + 1 : 1;
      last = mark;
      return run;
    },
    clear: () => {
      last = undefined;
    },
  };
}
