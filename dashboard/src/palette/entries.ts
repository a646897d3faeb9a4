import type { ComponentType } from 'react';
import { folded } from './folded';

/** A line of the palette: something found, a page, or an action. */
export interface Entry {
  id: string;
  icon: ComponentType<{ size?: number; 'aria-hidden'?: boolean }>;
  label: string;
  /** Beside the label: a key, an address. */
  detail?: string | undefined;
  /** At the end of the line: what kind of thing it is. */
  kind?: string;
  run: () => void;
}

export interface EntryGroup {
  label: string;
  entries: readonly Entry[];
}

/** The entries whose label has, for each typed word, one that begins with it; all of them when nothing is typed. */
export function matching(entries: readonly Entry[], typed: string): Entry[] {
  const wanted = folded(typed).split(/\s+/);
  return entries.filter(({ label }) => {
    const words = folded(label).split(/[^\p{L}\p{N}]+/u);
    return wanted.every((part) => words.some((word) => word.startsWith(part)));
  });
}

/** The entry after another one, or before it; around the ends. */
export function neighbour(entries: readonly Entry[], id: string | undefined, by: 1 | -1): Entry | undefined {
  const at = entries.findIndex((entry) => entry.id === id);
  return entries[(Math.max(at, 0) + by + entries.length) % entries.length];
}
