import { expect, test } from 'vitest';
import { lastDay } from './hours';

test('a day has 24 hours, those without an attempt too, and ends with the one under way', () => {
  const busy = { beganAt: '2026-05-01T09:00:00.000000Z', succeeded: 3, failed: 1, slowestMs: 40 };
  const day = lastDay([busy], Date.parse('2026-05-01T10:20:00Z'));
  expect(day).toHaveLength(24);
  expect(day[22]).toEqual(busy);
  expect(day[23]).toMatchObject({ beganAt: '2026-05-01T10:00:00.000Z', succeeded: 0, failed: 0 });
  expect(day[0]?.beganAt).toBe('2026-04-30T11:00:00.000Z');
});
