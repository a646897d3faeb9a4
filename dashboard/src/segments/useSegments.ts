import { usePolling } from '../page/usePolling';
import { usePages } from '../table/usePages';
import { SegmentsQuery } from './queries';

const PAGE = 50;
const COUNT_POLL_MS = 1500;

/** Segments by key, page after page; read again while counts are still unknown. */
export function useSegments(search: string) {
  const list = usePages(
    SegmentsQuery,
    { first: PAGE, search: search || undefined },
    ({ segments }) => segments,
  );
  usePolling(
    list.nodes.some(({ count }) => count === null),
    COUNT_POLL_MS,
    list.reload,
  );
  return list;
}
