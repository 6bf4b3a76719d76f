const chinaOffsetMs = 8 * 60 * 60 * 1000;

/** `yyyyMMddHHmmss` in China time (UTC+8, no summer time), whatever zone the machine is set to. `now` in ms since 1970. */
export function chinaTimestamp(now: number): string {
  return new Date(now + chinaOffsetMs).toISOString().replace(/\D/g, '').slice(0, 14);
}
