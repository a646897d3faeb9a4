import { expect, test } from 'vitest';
import { previewCsv } from './csvPreview';

test('quotes, delimiters and a byte order mark are read as files write them', () => {
  const preview = previewCsv('\uFEFFid;name\r\n1;"Doe; Jane"\r\n2;"say ""hi"""\r\n');
  expect(preview.header).toEqual(['id', 'name']);
  expect(preview.rows).toEqual([
    ['1', 'Doe; Jane'],
    ['2', 'say "hi"'],
  ]);
});

test('only the first rows are read', () => {
  expect(previewCsv(`a\n${'1\n'.repeat(100)}`).rows).toHaveLength(5);
});
