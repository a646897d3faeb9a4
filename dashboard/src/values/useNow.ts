import { useSyncExternalStore } from 'react';

const STEP_MS = 15_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const tell of listeners) tell();
  }, STEP_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

function snapshot(): number {
  // Between two pages nobody listens and the steps stop: catch up, but hand out one value per step.
  if (Date.now() - now >= STEP_MS) now = Date.now();
  return now;
}

/** The time, in steps: one timer moves every relative time on the page. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, snapshot);
}
