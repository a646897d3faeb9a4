import { expect, test } from 'vitest';
import type { TextId } from '../language/languages';
import type { Say, TextValues } from '../language/useText';
import { applySuggestion, editorDiagnostics, isUnfinished } from './findings';

const finding = {
  severity: 'ERROR' as const,
  code: 'UNKNOWN_ATTRIBUTE',
  message: 'no attribute is called `agee`',
  from: 8,
  to: 12,
  suggestions: ['age'],
};

test('a suggestion replaces the words that are wrong, counted in UTF-16 units', () => {
  expect(applySuggestion('a = "😀"', { ...finding, from: 0, to: 1 }, 'b')).toBe('b = "😀"');
  expect(applySuggestion('"😀" or agee', { ...finding }, 'age')).toBe('"😀" or age');
});

test('a finding of a longer text stays inside the one in the editor', () => {
  const message: Say = Object.assign((_id: string, values?: TextValues) => String(values?.message), {
    knows: (_id: string): _id is TextId => true,
  });
  const [shown] = editorDiagnostics([finding], 'x or agee ', message);
  expect(shown).toMatchObject({ from: 8, to: 10, severity: 'error' });
});

test('a rule that ends too early is unfinished, one that is wrong before its end is not', () => {
  const syntax = { ...finding, code: 'syntax' };
  expect(isUnfinished('age >= ', { ...syntax, from: 6, to: 7 })).toBe(true);
  expect(isUnfinished('age == 3 and job exists', { ...syntax, from: 4, to: 6 })).toBe(false);
  expect(isUnfinished('1 or agee', { ...finding, to: 9 })).toBe(false);
});
