import { useEffect, useState } from 'react';
import { type CombinedError, useClient } from 'urql';
import type { SegmentsQuery as Answer } from '../generated/graphql/graphql';
import { SegmentsQuery } from './queries';

type SegmentRow = Answer['segments']['nodes'][number];

interface State {
  list: readonly SegmentRow[];
  totalCount: number | null;
  endCursor: string | null;
  hasMore: boolean;
  error: CombinedError | null;
}

const PAGE = 50;
const COUNT_POLL_MS = 1500;

/** Segments by name, page after page; read again while counts are still unknown. */
export function useSegments(search: string) {
  const client = useClient();
  const [state, setState] = useState<State>({
    list: [],
    totalCount: null,
    endCursor: null,
    hasMore: false,
    error: null,
  });
  const [attempt, setAttempt] = useState(0);

  async function read(after: string | null) {
    const variables = { first: PAGE, after, search: search || undefined };
    return client.query(SegmentsQuery, variables, { requestPolicy: 'network-only' }).toPromise();
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: `read` is made of exactly these.
  useEffect(() => {
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout>;
    read(null).then(({ data, error }) => {
      if (!isCurrent) return;
      if (!data) return setState((before) => ({ ...before, error: error ?? null }));
      const { nodes, pageInfo, totalCount } = data.segments;
      setState({
        list: nodes,
        totalCount,
        endCursor: pageInfo.endCursor ?? null,
        hasMore: pageInfo.hasNextPage,
        error: null,
      });
      if (nodes.some(({ count }) => count === null))
        timer = setTimeout(() => setAttempt((n) => n + 1), COUNT_POLL_MS);
    });
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [client, search, attempt]);

  async function more() {
    const { data, error } = await read(state.endCursor);
    if (!data) return setState((before) => ({ ...before, error: error ?? null }));
    const { nodes, pageInfo, totalCount } = data.segments;
    setState((before) => ({
      list: [...before.list, ...nodes],
      totalCount,
      endCursor: pageInfo.endCursor ?? null,
      hasMore: pageInfo.hasNextPage,
      error: null,
    }));
  }

  return { ...state, more, reload: () => setAttempt((before) => before + 1) };
}
