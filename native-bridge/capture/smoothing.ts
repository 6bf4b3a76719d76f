/** Median of what was pushed within the last `spanMs`; robust against single odd frames. */
export interface SmoothedValue {
  push(value: number, atMs: number): number;
  clear(): void;
}

export function smoothedValue(spanMs: number): SmoothedValue {
  let recent: { readonly value: number; readonly atMs: number }[] = [];
  return {
    push: (value, atMs) => {
      recent = [...recent.filter((entry) => entry.atMs > atMs - spanMs), { value, atMs }];
      return median(recent.map((entry) => entry.value));
    },
    clear: () => {
      recent = [];
    },
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  return (lower + upper) / 2;
}
