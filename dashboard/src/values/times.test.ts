import { expect, test } from 'vitest';
import { formatAbsolute, formatDay, formatRelative } from './times';

const NOW = Date.parse('2026-05-01T12:00:00Z');

test('a moment is told in the largest unit that has passed', () => {
  expect(formatRelative('2026-05-01T11:59:57Z', NOW, 'en')).toBe('now');
  expect(formatRelative('2026-05-01T11:00:00Z', NOW, 'en')).toBe('1 hour ago');
  expect(formatRelative('2026-04-28T11:00:00Z', NOW, 'en')).toBe('3 days ago');
  expect(formatRelative('2026-05-03T12:00:00Z', NOW, 'tr')).toBe('öbür gün');
});

test('the exact moment names its zone', () => {
  expect(formatAbsolute('2026-05-01T12:00:00Z', 'Europe/Istanbul', 'en')).toContain('03:00:00 PM');
});

test('no zone moves a day', () => {
  expect(formatDay('2026-05-01', 'en')).toBe('May 1, 2026');
  expect(formatDay('not a day', 'en')).toBe('not a day');
});
