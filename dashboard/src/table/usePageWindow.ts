import { useCallback, useEffect, useRef, useState } from 'react';
import type { CombinedError } from 'urql';
import { emptyWindow, type LoadedPage, missingPages, type PageWindow, withPage } from './pageWindow';

export type LoadPage<Row> = (after: string | null) => Promise<LoadedPage<Row>>;

interface State<Row> {
  /** The list this window is of: another filter is another list. */
  list: LoadPage<Row> | null;
  window: PageWindow<Row>;
  error: CombinedError | null;
}

export interface PagedList<Row> {
  window: PageWindow<Row>;
  /** The answer shown belongs to the filter before. */
  isStale: boolean;
  error: CombinedError | null;
  /** Tells which rows are in view, so that their pages are read. */
  show: (first: number, last: number) => void;
  reload: () => void;
}

/** Reads a long list by cursor as it is scrolled. `load` must keep its identity while the list stays the same; null while it is not known yet. */
export function usePageWindow<Row>(load: LoadPage<Row> | null): PagedList<Row> {
  const [state, setState] = useState<State<Row>>({ list: load, window: emptyWindow(), error: null });
  const latest = useRef({ list: load, window: emptyWindow<Row>(), underWay: new Set<number>() });

  const read = useCallback(
    async (number: number) => {
      const at = latest.current;
      if (!load || at.list !== load || at.underWay.has(number)) return;
      at.underWay.add(number);
      try {
        const page = await load(at.window.cursors[number] ?? null);
        if (latest.current !== at) return;
        at.window = withPage(at.window, number, page);
        setState({ list: load, window: at.window, error: null });
      } catch (error) {
        if (latest.current === at)
          setState((before) => ({ ...before, list: load, error: error as CombinedError }));
      } finally {
        at.underWay.delete(number);
      }
    },
    [load],
  );

  const reload = useCallback(() => {
    latest.current = { list: load, window: emptyWindow(), underWay: new Set() };
    read(0);
  }, [load, read]);

  useEffect(reload, [reload]);

  const show = useCallback(
    (first: number, last: number) => {
      for (const number of missingPages(latest.current.window, first, last)) read(number);
    },
    [read],
  );

  return { window: state.window, isStale: state.list !== load, error: state.error, show, reload };
}
