import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useWorkspace } from '../session/viewer';
import { areShortcutsOn, readKey, SEQUENCE_MS, type Shortcut } from './shortcuts';

interface Handlers {
  onPalette: () => void;
  onHelp: () => void;
  onQueries: () => void;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable="true"]') !== null
  );
}

function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"]') !== null;
}

function isOverlayOpen(): boolean {
  return isDialogOpen() || document.querySelector('[role="menu"], [role="listbox"]') !== null;
}

/** Ctrl or Cmd with one key and no other. */
function isCombination(event: KeyboardEvent, key: string): boolean {
  return (
    (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === key
  );
}

function press(selector: string) {
  document.querySelector<HTMLElement>(selector)?.click();
}

/** Moves focus along the links of the page's list. */
function step(by: 1 | -1) {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row-link]')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = at < 0 ? (by === 1 ? 0 : rows.length - 1) : at + by;
  rows[next]?.focus();
}

/** Listens for shortcuts while no field and no overlay has the keyboard, and for the palette's anywhere. */
export function useShortcuts({ onPalette, onHelp, onQueries }: Handlers) {
  const navigate = useNavigate();
  const { key: workspace } = useWorkspace();
  const pending = useRef({ keys: '', at: 0 });

  useEffect(() => {
    const go = (to: 'profiles' | 'segments' | 'attributes' | 'templates' | 'imports' | 'destinations') =>
      navigate({ to: `/w/$workspace/${to}`, params: { workspace } });
    const actions: Record<Shortcut, () => void> = {
      home: () => navigate({ to: '/w/$workspace', params: { workspace } }),
      help: onHelp,
      queries: onQueries,
      filter: () => document.querySelector<HTMLElement>('[data-shortcut="filter"]')?.focus(),
      new: () => press('[data-shortcut="new"]'),
      edit: () => press('[data-shortcut="edit"]'),
      next: () => step(1),
      previous: () => step(-1),
      profiles: () => go('profiles'),
      segments: () => go('segments'),
      attributes: () => go('attributes'),
      templates: () => go('templates'),
      imports: () => go('imports'),
      destinations: () => go('destinations'),
    };

    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented) return;
      // From anywhere, also while something is typed or completed.
      if (isCombination(event, 'k') && !isDialogOpen()) {
        event.preventDefault();
        onPalette();
        return;
      }
      if (isOverlayOpen()) return;
      if (isCombination(event, '.')) {
        event.preventDefault();
        onQueries();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !areShortcutsOn())
        return;
      const isFresh = event.timeStamp - pending.current.at < SEQUENCE_MS;
      const read = readKey(isFresh ? pending.current.keys : '', event.key);
      pending.current = { keys: read.pending, at: event.timeStamp };
      if (!read.shortcut) return;
      event.preventDefault();
      actions[read.shortcut]();
    }

    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [navigate, workspace, onPalette, onHelp, onQueries]);
}
