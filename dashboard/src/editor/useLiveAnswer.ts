import { useCallback, useEffect, useState } from 'react';
import { type AnyVariables, type CombinedError, type TypedDocumentNode, useClient } from 'urql';

const QUIET_MS = 150;

/** An answer, and what it answers. */
interface Answered<Data, Variables> {
  variables: Variables;
  data: Data;
}

export interface LiveAnswer<Data, Variables> {
  /** The answer to what is asked now; null until the server has given it. */
  current: Data | null;
  /** The last answer, shown dimmed while it is of something older: what is shown does not vanish at every key. */
  latest: Answered<Data, Variables> | null;
  error: CombinedError | null;
  retry: () => void;
}

/**
 * Asks about what is being typed once typing pauses; `null` asks nothing. Only the answer to the latest question
 * counts: others are thrown away. While `waitsFor` gives a time, the same is asked again after it.
 */
export function useLiveAnswer<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  asked: Variables | null,
  waitsFor: (data: Data) => number | null = () => null,
): LiveAnswer<Data, Variables> {
  const client = useClient();
  const [answer, setAnswer] = useState<Answered<Data, Variables> | null>(null);
  const [error, setError] = useState<CombinedError | null>(null);
  const [attempt, setAttempt] = useState(0);
  const question = JSON.stringify(asked);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the question stands for `asked`; another attempt asks the same again.
  useEffect(() => {
    if (asked === null) {
      setAnswer(null);
      setError(null);
      return;
    }
    const variables = asked;
    let isLatest = true;
    let timer = setTimeout(ask, QUIET_MS);

    async function ask() {
      const result = await client.query(query, variables, { requestPolicy: 'network-only' }).toPromise();
      if (!isLatest) return;
      setError(result.error ?? null);
      if (!result.data) return;
      setAnswer({ variables, data: result.data });
      const wait = waitsFor(result.data);
      if (wait !== null) timer = setTimeout(ask, wait);
    }

    return () => {
      isLatest = false;
      clearTimeout(timer);
    };
  }, [client, query, question, attempt]);

  const retry = useCallback(() => setAttempt((before) => before + 1), []);
  const isCurrent = answer !== null && JSON.stringify(answer.variables) === question;
  return { current: isCurrent ? answer.data : null, latest: answer, error, retry };
}
