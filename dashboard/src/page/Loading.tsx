import { Skeleton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useText } from '../language/useText';

const PATIENCE_MS = 200;

/** Grey lines where an answer will be: only the first time, and only when it takes long enough to notice. */
export function Loading({ lines = 8 }: { lines?: number }) {
  const say = useText();
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isLate) return null;
  return (
    <div role="status" aria-label={say('state.loading')}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move.
        <Skeleton key={line} height={16} mt={20} width={`${92 - ((line * 17) % 40)}%`} />
      ))}
    </div>
  );
}
