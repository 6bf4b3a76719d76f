/** China has had one zone, UTC+8, without summer time since 1992. */
const chinaOffsetMs = 8 * 3_600_000;

/** The calendar day in China at a moment, `YYYY-MM-DD`. */
export function chinaDay(moment: Date): string {
  return new Date(moment.getTime() + chinaOffsetMs).toISOString().slice(0, 10);
}
