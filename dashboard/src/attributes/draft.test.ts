import { expect, test } from 'vitest';
import { differences, draftOf, formatOf } from './draft';
import { valueRule } from './valueRule';

const attribute = { label: 'Job', description: '', privacyClass: 'PUBLIC' as const };

test('only an enum carries options', () => {
  const draft = draftOf({ ...attribute, format: { kind: 'ENUM', options: ['a'], isOpen: true } });
  expect(formatOf(draft)).toEqual({ kind: 'ENUM', options: ['a'], isOpen: true });
  expect(formatOf({ ...draft, formatKind: 'EMAIL' })).toEqual({ kind: 'EMAIL' });
  expect(formatOf({ ...draft, formatKind: '' })).toBeUndefined();
});

test('a conflict shows the fields that differ, and no others', () => {
  const mine = draftOf(attribute);
  expect(differences(mine, { ...mine, description: 'theirs' })).toEqual(['description']);
});

test('the rule of a value quotes texts and leaves numbers bare', () => {
  expect(valueRule({ key: 'job', type: 'TEXT', isList: false }, 'say "hi"')).toBe('job = "say \\"hi\\""');
  expect(valueRule({ key: 'age', type: 'INTEGER', isList: false }, '33')).toBe('age = 33');
  expect(valueRule({ key: 'tags', type: 'TEXT', isList: true }, 'a')).toBe('tags has "a"');
});
