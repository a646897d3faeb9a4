import { createContext, useContext, useEffect, useRef, useSyncExternalStore } from 'react';
import { type AnyVariables, type TypedDocumentNode, useClient } from 'urql';
import type { Live, LiveStatus } from '../api/live';

export const LiveContext = createContext<Live | null>(null);

/** Whether what is shown follows what happens. Only pages inside the frame may ask. */
export function useLiveStatus(): LiveStatus {
  const live = useContext(LiveContext);
  if (!live) throw new Error('useLiveStatus outside the frame');
  return useSyncExternalStore(live.listen, live.current);
}

interface Listening<Answer, Variables extends AnyVariables> {
  query: TypedDocumentNode<Answer, Variables>;
  variables: Variables;
  /** Nothing is to be expected. */
  isOver?: boolean;
  /** Is told every event. What it brings of objects with an id is in the cache by then. */
  onEvent?: (answer: Answer) => void;
  /** Reads again what is shown: a connection was made, and what happened before it was not told. */
  onConnected?: () => void;
}

/** Listens to the server for as long as the page is shown. */
export function useLive<Answer, Variables extends AnyVariables>(listening: Listening<Answer, Variables>) {
  const client = useClient();
  const { query, isOver = false } = listening;
  const subject = JSON.stringify(listening.variables);
  const latest = useRef(listening);
  latest.current = listening;

  useEffect(() => {
    if (isOver) return;
    const variables: Variables = JSON.parse(subject);
    const { unsubscribe } = client.subscription(query, variables).subscribe(({ data }) => {
      if (data) latest.current.onEvent?.(data);
    });
    return unsubscribe;
  }, [client, query, subject, isOver]);

  const { connections } = useLiveStatus();
  const known = useRef(connections);
  useEffect(() => {
    if (connections === known.current) return;
    known.current = connections;
    latest.current.onConnected?.();
  }, [connections]);
}
