import { Button } from '@mantine/core';
import { useText } from '../language/useText';
import type { Pages } from '../table/usePages';

interface MoreProps {
  pages: Pick<Pages<unknown>, 'hasMore' | 'isReading' | 'more'>;
  /** What follows is older, not just more. */
  isOlder?: boolean;
}

/** Reads the next page of a list; gone when there is none. */
export function More({ pages, isOlder }: MoreProps) {
  const say = useText();
  if (!pages.hasMore) return null;
  return (
    <div>
      <Button variant="subtle" loading={pages.isReading} onClick={pages.more}>
        {say(isOlder ? 'action.showOlder' : 'action.showMore')}
      </Button>
    </div>
  );
}
