const chinaOffset = '+08:00';

/** Milliseconds of a time as the platform tells it: `yyyy-MM-dd HH:mm:ss` of China, or a count of seconds or ms. */
export function serverTime(text: string): number | undefined {
  if (/^\d{13}$/.test(text)) return Number(text);
  if (/^\d{10}$/.test(text)) return Number(text) * 1000;
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?)$/.exec(text) ?? [];
  const milliseconds = Date.parse(`${day}T${time}${chinaOffset}`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
