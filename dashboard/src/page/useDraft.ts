import { useCallback, useState } from 'react';

function read<Draft>(key: string): Draft | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as Draft | null;
  } catch {
    // A draft that no longer reads is no draft.
    return null;
  }
}

/** Something half typed that survives a reload. `clear` once it is saved or discarded. */
export function useDraft<Draft extends object>(name: string, initial: Draft) {
  const key = `attrium.draft.${name}`;
  const [stored, setStored] = useState<Draft | null>(() => read<Draft>(key));

  const change = useCallback(
    (next: Draft) => {
      localStorage.setItem(key, JSON.stringify(next));
      setStored(next);
    },
    [key],
  );
  const clear = useCallback(() => {
    localStorage.removeItem(key);
    setStored(null);
  }, [key]);

  return { draft: stored ?? initial, isChanged: stored !== null, change, clear };
}
