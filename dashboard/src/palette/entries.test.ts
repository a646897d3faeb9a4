import { expect, test } from 'vitest';
import { IconHome } from '../theme/icons';
import { type Entry, matching, neighbour } from './entries';

const entries: Entry[] = ['New segment', 'Segments', 'Şablonlara git', 'İçe aktarımlar'].map((label) => ({
  id: label,
  icon: IconHome,
  label,
  run: () => undefined,
}));

test.each([
  ['', ['New segment', 'Segments', 'Şablonlara git', 'İçe aktarımlar']],
  ['seg', ['New segment', 'Segments']],
  ['seg new', ['New segment']],
  ['ment', []],
  ['şab', ['Şablonlara git']],
  ['iç', ['İçe aktarımlar']],
])('%j finds by the beginnings of words', (typed, labels) => {
  expect(matching(entries, typed).map(({ label }) => label)).toEqual(labels);
});

test('arrows go around the ends', () => {
  expect(neighbour(entries, 'New segment', -1)?.label).toBe('İçe aktarımlar');
  expect(neighbour(entries, 'İçe aktarımlar', 1)?.label).toBe('New segment');
  expect(neighbour([], undefined, 1)).toBeUndefined();
});
