import { describe, expect, test } from 'vitest';
import { attributesOf, isNegative, nodeAt, ruleRoot, shapeOf } from './ruleTree';

const json = {
  v: 1,
  rule: {
    and: [
      { attr: 'age', op: 'gte', value: 30 },
      { not: { attr: 'job', op: 'eq', value: 'x' } },
      {
        not: {
          or: [
            { attr: 'age', op: 'missing' },
            { attr: 'city', op: 'exists' },
          ],
        },
      },
    ],
  },
};

describe('a rule as a tree', () => {
  const root = ruleRoot(json);
  if (!root) throw new Error('the example is a rule');

  test('is walked by child numbers', () => {
    expect(nodeAt(root, [])).toBe(root);
    expect(nodeAt(root, [2, 0, 1])?.attr).toBe('city');
    expect(nodeAt(root, [9])).toBeNull();
  });

  test('tells the attributes it reads, each once', () => {
    expect(attributesOf(root)).toEqual(['age', 'job', 'city']);
  });

  test('knows a negative comparison from a group of which none may hold', () => {
    const [, negative, none] = root.and ?? [];
    expect(negative && isNegative(negative) && shapeOf(negative)).toBe('comparison');
    expect(none && shapeOf(none)).toBe('none');
    expect(shapeOf(root)).toBe('all');
  });
});
