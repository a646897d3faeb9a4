import { describe, expect, test } from 'vitest';
import { formatExact, formatShare } from './numbers';

describe('exact numbers', () => {
  test('keep every digit', () => {
    expect(formatExact('9223372036854775807', 'en')).toBe('9,223,372,036,854,775,807');
    expect(formatExact('1234567890123456789.1234567890', 'en')).toBe('1,234,567,890,123,456,789.1234567890');
    expect(formatExact('-0.5', 'tr')).toBe('-0,5');
  });

  test('are grouped as the language groups them', () => {
    expect(formatExact('45211', 'tr')).toBe('45.211');
  });

  test('leave alone what is not a number', () => {
    expect(formatExact('1e5', 'en')).toBe('1e5');
    expect(formatExact('', 'en')).toBe('');
  });

  test('a share of nothing is nothing', () => {
    expect(formatShare(0, 0, 'en')).toBe('0%');
    expect(formatShare(1, 3, 'tr')).toBe('%33,3');
  });

  test('some is never written as none, nor not quite all as all', () => {
    expect(formatShare(2, 45213, 'en')).toBe('<\u00a00.1%');
    expect(formatShare(45211, 45213, 'en')).toBe('>\u00a099.9%');
    expect(formatShare(45213, 45213, 'en')).toBe('100%');
  });
});
