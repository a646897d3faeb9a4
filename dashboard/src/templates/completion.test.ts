import { expect, test } from 'vitest';
import { isInBraces } from './completion';

test('completion offers itself between open braces, not in prose', () => {
  expect(isInBraces('Hello {{ first')).toBe(true);
  expect(isInBraces('{% if a %}{% else')).toBe(true);
  expect(isInBraces('Hello {{ first }} and')).toBe(false);
  expect(isInBraces('{{ a }}{% if b %} c')).toBe(false);
  expect(isInBraces('a { b')).toBe(false);
});
