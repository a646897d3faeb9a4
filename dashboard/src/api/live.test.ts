import { expect, test } from 'vitest';
import { retryDelay } from './live';

test('a socket is tried again ever later, up to a bound, and never by everyone at once', () => {
  expect([0, 1, 2, 3, 50].map((retries) => retryDelay(retries, 1))).toEqual([1000, 2000, 4000, 8000, 20_000]);
  expect(retryDelay(50, 0)).toBe(10_000);
});
