import { useEffect } from 'react';

/** Asks again and again while an answer is still on its way. */
export function usePolling(isWanted: boolean, every_ms: number, ask: () => void) {
  useEffect(() => {
    if (!isWanted) return;
    const timer = setInterval(ask, every_ms);
    return () => clearInterval(timer);
  }, [isWanted, every_ms, ask]);
}
