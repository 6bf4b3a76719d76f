const sameDay = (a: Date, b: Date) => a.toDateString() === b.toDateString();

/** English reads 02/11 in two ways; days are written there as the papers and charts write them, the year first. */
const digitsOf = (language: string): string => (language.startsWith('en') ? 'en-CA' : language);

/** A moment for reading on this desk's clock: the time alone today, with the day otherwise. */
export function momentText(instant: string, language: string, now = new Date()): string {
  const moment = new Date(instant);
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  const day: Intl.DateTimeFormatOptions = { month: '2-digit', day: '2-digit' };
  return moment.toLocaleString(digitsOf(language), sameDay(moment, now) ? time : { ...day, ...time });
}

/** The day of a moment on this desk's clock. */
export const dayOf = (instant: string, language: string): string =>
  new Date(instant).toLocaleDateString(digitsOf(language));

/** A moment on paper, which is read on other days. */
export const writtenMoment = (instant: string, language: string): string =>
  new Date(instant).toLocaleString(digitsOf(language), {
    ...(language.startsWith('en')
      ? { year: 'numeric', month: '2-digit', day: '2-digit' }
      : { year: 'numeric', month: 'long', day: 'numeric' }),
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  });

/** A calendar day without a time zone, written out. */
export function dayText(date: string, language: string): string {
  const [year, month, day] = date.split('-').map(Number);
  if (language.startsWith('zh')) return `${year}年${month}月${day}日`;
  return date;
}
