export interface Hour {
  beganAt: string;
  succeeded: number;
  failed: number;
  slowestMs: number;
}

const HOUR_MS = 3_600_000;
const HOURS = 24;

/** Each of the last 24 hours, oldest first, also those without an attempt. */
export function lastDay(hours: readonly Hour[], now: number): Hour[] {
  const known = new Map(hours.map((hour) => [Date.parse(hour.beganAt), hour]));
  const latest = Math.floor(now / HOUR_MS) * HOUR_MS;
  return Array.from({ length: HOURS }, (_, index) => {
    const began = latest - (HOURS - 1 - index) * HOUR_MS;
    const quiet = { beganAt: new Date(began).toISOString(), succeeded: 0, failed: 0, slowestMs: 0 };
    return known.get(began) ?? quiet;
  });
}
