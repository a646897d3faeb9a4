import { useCallback, useRef, useState } from 'react';

function read<Draft>(key: string): Draft | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as Draft | null;
  } catch {
    // A draft that no longer reads is no draft.
    return null;
  }
}

/** Something half typed that survives a reload. `clear` once it is discarded, `settle` once it is saved. */
export function useDraft<Draft extends object>(name: string, initial: Draft) {
  const key = `attrium.draft.${name}`;
  const [stored, setStored] = useState<Draft | null>(() => read<Draft>(key));

  const latest = useRef(stored);

  const change = useCallback(
    (next: Draft) => {
      localStorage.setItem(key, JSON.stringify(next));
      latest.current = next;
      setStored(next);
    },
    [key],
  );
  const clear = useCallback(() => {
    localStorage.removeItem(key);
    latest.current = null;
    setStored(null);
  }, [key]);
  /** Forgets what was saved, not what was typed since it was sent. */
  const settle = useCallback(
    (sent: Draft) => {
      if (latest.current === sent) clear();
    },
    [clear],
  );

  return { draft: stored ?? initial, isChanged: stored !== null, change, clear, settle };
}
