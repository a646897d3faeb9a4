import { useCallback, useRef } from 'react';

/**
 * Saves one at a time: neither a second click nor a second key sends twice. Asked for while an answer is awaited, it is
 * tried again with what the form holds by then, unless the answer was yes. `save` says whether it was taken.
 */
export function useSaving(save: () => Promise<boolean>): () => Promise<void> {
  const latest = useRef(save);
  latest.current = save;
  const state = useRef<'idle' | 'busy' | 'asked'>('idle');

  return useCallback(async () => {
    if (state.current !== 'idle') {
      state.current = 'asked';
      return;
    }
    let isTaken: boolean;
    do {
      state.current = 'busy';
      isTaken = await latest.current().catch((error) => {
        state.current = 'idle';
        throw error;
      });
      // Set anew while the answer was awaited.
    } while (!isTaken && (state.current as string) === 'asked');
    state.current = 'idle';
  }, []);
}
