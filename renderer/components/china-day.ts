const dayMs = 86_400_000;

/** The calendar day in China, so many days ago, `YYYY-MM-DD`. */
export const chinaDayAgo = (days: number, now = Date.now()): string =>
  new Date(now + 8 * 3_600_000 - days * dayMs).toISOString().slice(0, 10);
