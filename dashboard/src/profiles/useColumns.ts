import { useMemo } from 'react';
import type { AllAttributes } from '../attributes/useAttributes';

const COLUMNS_AT_FIRST = 7;

function storageKey(workspace: string): string {
  return `attrium.columns.${workspace}`;
}

/**
 * Which attributes the list shows: what the address says, so that a colleague sees the same; else this
 * browser's last choice; else the first few. Null until the attributes are known.
 */
export function useColumns(workspace: string, inUrl: string | undefined, attributes: AllAttributes) {
  const first = attributes.list.slice(0, COLUMNS_AT_FIRST).map(({ key }) => key);
  const isKnown = attributes.totalCount !== null || attributes.error !== null;
  const chosen = inUrl ?? localStorage.getItem(storageKey(workspace)) ?? (isKnown ? first.join() : null);

  const shown = useMemo(() => (chosen === null ? null : chosen.split(',').filter(Boolean)), [chosen]);

  function change(next: readonly string[]): string {
    localStorage.setItem(storageKey(workspace), next.join());
    return next.join();
  }

  return { shown, change };
}
