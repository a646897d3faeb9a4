import { expect, test } from 'vitest';
import { type Activity, horizon, merged } from './activity';

const at = (minute: number): Activity => ({ key: `${minute}`, at: `2026-05-01T10:${minute}:00Z` });

test('streams are merged newest first, no further back than all of them were read', () => {
  const streams = [
    { activities: [at(50), at(30)], hasMore: true },
    { activities: [at(40), at(20)], hasMore: false },
  ];
  expect(merged(streams).map(({ key }) => key)).toEqual(['50', '40', '30']);
  expect(horizon(streams)).toBe(Date.parse(at(30).at));
});

test('what came of a change stands above it', () => {
  const transition = { ...at(10), key: 'entered' };
  const streams = [
    { activities: [transition], hasMore: false },
    { activities: [at(10)], hasMore: false },
  ];
  expect(merged(streams).map(({ key }) => key)).toEqual(['entered', '10']);
});
