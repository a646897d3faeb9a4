import { usePolling } from '../page/usePolling';
import { usePages } from '../table/usePages';
import { ImportsQuery } from './queries';

const PAGE = 25;
const POLL_MS = 1000;

/** Imports, newest first; read again and again while one of them runs. */
export function useImports() {
  const list = usePages(ImportsQuery, { first: PAGE }, ({ imports }) => imports);
  usePolling(
    list.nodes.some(({ state }) => state === 'QUEUED' || state === 'RUNNING'),
    POLL_MS,
    list.reload,
  );
  return list;
}
