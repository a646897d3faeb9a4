import { expect, test } from 'vitest';
import { folded } from './folded';

test('every spelling of a Turkish i is found by every other', () => {
  const spellings = ['istanbul', 'ISTANBUL', 'İSTANBUL', 'ıstanbul', ' Istanbul '];
  expect(new Set(spellings.map(folded))).toEqual(new Set(['istanbul']));
});
