import type { TextId } from '../language/languages';

/** What a key, or two keys in a row, asks for. */
export type Shortcut =
  | 'help'
  | 'home'
  | 'queries'
  | 'filter'
  | 'new'
  | 'edit'
  | 'next'
  | 'previous'
  | 'profiles'
  | 'segments'
  | 'attributes'
  | 'templates'
  | 'imports'
  | 'destinations';

export const SHORTCUTS: readonly { keys: string; shortcut: Shortcut; label: TextId }[] = [
  { keys: '/', shortcut: 'filter', label: 'keys.filter' },
  { keys: 'n', shortcut: 'new', label: 'keys.new' },
  { keys: 'e', shortcut: 'edit', label: 'keys.edit' },
  { keys: 'j', shortcut: 'next', label: 'keys.next' },
  { keys: 'k', shortcut: 'previous', label: 'keys.previous' },
  { keys: 'g h', shortcut: 'home', label: 'keys.home' },
  { keys: 'g p', shortcut: 'profiles', label: 'keys.profiles' },
  { keys: 'g s', shortcut: 'segments', label: 'keys.segments' },
  { keys: 'g a', shortcut: 'attributes', label: 'keys.attributes' },
  { keys: 'g t', shortcut: 'templates', label: 'keys.templates' },
  { keys: 'g i', shortcut: 'imports', label: 'keys.imports' },
  { keys: 'g d', shortcut: 'destinations', label: 'keys.destinations' },
  { keys: '?', shortcut: 'help', label: 'keys.help' },
];

/** The second of two keys must follow the first within this time. */
export const SEQUENCE_MS = 1000;

/**
 * Reads keys one by one. Answers the shortcut a key completes, and the first half of a pair to remember.
 * A key that completes nothing forgets the half before it.
 */
export function readKey(pending: string, key: string): { shortcut?: Shortcut; pending: string } {
  const typed = pending ? `${pending} ${key}` : key;
  const found = SHORTCUTS.find(({ keys }) => keys === typed);
  if (found) return { shortcut: found.shortcut, pending: '' };
  if (SHORTCUTS.some(({ keys }) => keys.startsWith(`${typed} `))) return { pending: typed };
  return pending ? readKey('', key) : { pending: '' };
}

const STORAGE_KEY = 'attrium.shortcuts';

/** Single-key shortcuts can be switched off, for those whose speech or switch software types keys of its own. */
export function areShortcutsOn(): boolean {
  return localStorage.getItem(STORAGE_KEY) !== 'off';
}

export function switchShortcuts(isOn: boolean) {
  localStorage.setItem(STORAGE_KEY, isOn ? 'on' : 'off');
}
