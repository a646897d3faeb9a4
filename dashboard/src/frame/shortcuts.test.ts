import { describe, expect, test } from 'vitest';
import { areShortcutsOn, readKey, switchShortcuts } from './shortcuts';

describe('shortcuts', () => {
  test('are single keys or two in a row', () => {
    expect(readKey('', '/')).toEqual({ shortcut: 'filter', pending: '' });
    expect(readKey('', 'g')).toEqual({ pending: 'g' });
    expect(readKey('g', 's')).toEqual({ shortcut: 'segments', pending: '' });
  });

  test('a key that completes nothing begins anew', () => {
    expect(readKey('g', '?')).toEqual({ shortcut: 'help', pending: '' });
    expect(readKey('g', 'x')).toEqual({ pending: '' });
  });

  test('can be switched off, and stay off', () => {
    expect(areShortcutsOn()).toBe(true);
    switchShortcuts(false);
    expect(areShortcutsOn()).toBe(false);
  });
});
