import { IntlMessageFormat } from 'intl-messageformat';
import { expect, test } from 'vitest';
import en from './en.json';
import { startingLanguage } from './languages';
import tr from './tr.json';

test('every text can be read in its language', () => {
  for (const text of Object.values(en)) expect(() => new IntlMessageFormat(text, 'en')).not.toThrow();
  for (const text of Object.values(tr)) expect(() => new IntlMessageFormat(text, 'tr')).not.toThrow();
});

test('a language we do not speak falls back to English', () => {
  localStorage.setItem('attrium.language', 'xx');
  expect(['en', 'tr']).toContain(startingLanguage());
  localStorage.setItem('attrium.language', 'tr');
  expect(startingLanguage()).toBe('tr');
});
