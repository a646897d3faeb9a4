import { expect, test } from 'vitest';
import { applySuggestion, editorDiagnostics } from './diagnostics';

const diagnostic = {
  severity: 'ERROR' as const,
  code: 'UNKNOWN_ATTRIBUTE',
  message: 'no attribute is called `agee`',
  from: 8,
  to: 12,
  suggestions: ['age'],
};

test('a suggestion replaces the words that are wrong, counted in UTF-16 units', () => {
  expect(applySuggestion('a = "😀"', { ...diagnostic, from: 0, to: 1 }, 'b')).toBe('b = "😀"');
  expect(applySuggestion('"😀" or agee', { ...diagnostic }, 'age')).toBe('"😀" or age');
});

test('a diagnostic of a longer text stays inside the one in the editor', () => {
  const [shown] = editorDiagnostics([diagnostic], 10, (_id, values) => String(values?.message));
  expect(shown).toMatchObject({ from: 8, to: 10, severity: 'error' });
});
