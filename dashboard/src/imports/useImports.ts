import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { ImportsQuery } from './queries';

const PAGE = 20;
const PAGE_MAX = 100;
const POLL_MS = 1000;

/** Imports, newest first; read again and again while one of them runs. */
export function useImports() {
  const [first, setFirst] = useState(PAGE);
  const [{ data, error }, read] = useQuery({ query: ImportsQuery, variables: { first } });
  const page = data?.imports;
  const isRunning = page?.nodes.some(({ state }) => state === 'QUEUED' || state === 'RUNNING') ?? false;

  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => read({ requestPolicy: 'network-only' }), POLL_MS);
    return () => clearInterval(timer);
  }, [isRunning, read]);

  return {
    list: page?.nodes ?? [],
    error,
    isLoaded: page !== undefined,
    hasMore: Boolean(page?.pageInfo.hasNextPage) && first < PAGE_MAX,
    more: () => setFirst(PAGE_MAX),
    reload: () => read({ requestPolicy: 'network-only' }),
  };
}
