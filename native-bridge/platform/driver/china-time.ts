const chinaOffsetMs = 8 * 60 * 60 * 1000;

/**
 * A moment in China time (UTC+8, no summer time), whatever zone the machine is set to. `now` in ms since 1970; the
 * pattern is made of yyyy, MM, dd, HH, mm, ss and SSS, everything else stands as it is.
 */
export function chinaTime(now: number, pattern: string): string {
  const [yyyy, MM, dd, HH, mm, ss, SSS] = new Date(now + chinaOffsetMs).toISOString().split(/\D/);
  const parts: Readonly<Record<string, string | undefined>> = { yyyy, MM, dd, HH, mm, ss, SSS };
  return pattern.replace(/yyyy|MM|dd|HH|mm|SSS|ss/g, (part) => parts[part] ?? part);
}
