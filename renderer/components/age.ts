export interface Age {
  readonly unit: 'justNow' | 'minutes' | 'hours' | 'days';
  readonly count: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long ago a moment is, in the largest unit of which one has passed. A moment ahead of the clock counts as now. */
export function ageOf(instant: string, now: number): Age {
  const passed = now - Date.parse(instant);
  if (passed < minuteMs) return { unit: 'justNow', count: 0 };
  if (passed < hourMs) return { unit: 'minutes', count: Math.floor(passed / minuteMs) };
  if (passed < dayMs) return { unit: 'hours', count: Math.floor(passed / hourMs) };
  return { unit: 'days', count: Math.floor(passed / dayMs) };
}
