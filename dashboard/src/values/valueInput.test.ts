import { describe, expect, test } from 'vitest';
import { editableTexts, scalarFromText, valueFromTexts } from './valueInput';

describe('what an editor sends', () => {
  test('numbers stay strings', () => {
    expect(scalarFromText('INTEGER', ' 9223372036854775807 ')).toBe('9223372036854775807');
    expect(scalarFromText('DECIMAL', '0.10')).toBe('0.10');
    expect(scalarFromText('INTEGER', '1.5')).toBeUndefined();
    expect(scalarFromText('DECIMAL', '1,5')).toBeUndefined();
  });

  test('text is sent as it was typed, the empty one too', () => {
    expect(scalarFromText('TEXT', ' a ')).toBe(' a ');
    expect(scalarFromText('TEXT', '')).toBe('');
  });

  test('a place is two degrees', () => {
    expect(scalarFromText('GEO_POINT', '(41.01, 28.97)')).toEqual({ lat: 41.01, lon: 28.97 });
    expect(scalarFromText('GEO_POINT', '41.01')).toBeUndefined();
  });

  test('a list is refused when one of its items is', () => {
    const shape = { type: 'INTEGER' as const, isList: true };
    expect(valueFromTexts(shape, ['1', '2'])).toEqual(['1', '2']);
    expect(valueFromTexts(shape, ['1', 'two'])).toBeUndefined();
  });

  test('a value comes back as it is shown', () => {
    const shape = { type: 'GEO_POINT' as const, isList: false };
    const texts = editableTexts(shape, { lat: 1.5, lon: -2 });
    expect(valueFromTexts(shape, texts)).toEqual({ lat: 1.5, lon: -2 });
    expect(editableTexts({ type: 'TEXT', isList: true }, ['a', 'b'])).toEqual(['a', 'b']);
  });
});
