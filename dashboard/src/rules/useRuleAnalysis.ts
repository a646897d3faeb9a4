import { useCallback, useEffect, useState } from 'react';
import { type CombinedError, useClient } from 'urql';
import type { Analysis } from './diagnostics';
import { RuleAnalysisQuery } from './queries';

const QUIET_MS = 150;
const INDEX_POLL_MS = 1000;

/** An analysis, and the text it is of: its offsets point into that. */
export interface Answer {
  text: string;
  analysis: Analysis;
}

export interface LiveAnalysis {
  /** What is known of the text exactly as it stands; null until the server has answered it. */
  current: Analysis | null;
  /** The last answer, dimmed while the text is newer: what is shown does not vanish at every key. */
  latest: Answer | null;
  /** The last answer with a count: shown dimmed while the text is broken or newer. */
  counted: Answer | null;
  error: CombinedError | null;
  retry: () => void;
}

/** Asks about a rule once typing pauses. Only the answer to the latest text counts: others are thrown away. */
export function useRuleAnalysis(text: string): LiveAnalysis {
  const client = useClient();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [counted, setCounted] = useState<Answer | null>(null);
  const [error, setError] = useState<CombinedError | null>(null);
  const [attempt, setAttempt] = useState(0);
  const isBlank = text.trim() === '';

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks the same again.
  useEffect(() => {
    if (isBlank) {
      setAnswer(null);
      setCounted(null);
      setError(null);
      return;
    }
    let isLatest = true;
    let timer = setTimeout(ask, QUIET_MS);

    async function ask() {
      const result = await client
        .query(RuleAnalysisQuery, { input: { text } }, { requestPolicy: 'network-only' })
        .toPromise();
      if (!isLatest) return;
      setError(result.error ?? null);
      const analysis = result.data?.ruleAnalysis;
      if (!analysis) return;
      setAnswer({ text, analysis });
      if (analysis.count !== null && analysis.count !== undefined) setCounted({ text, analysis });
      if (!analysis.index.isReady) timer = setTimeout(ask, INDEX_POLL_MS);
    }

    return () => {
      isLatest = false;
      clearTimeout(timer);
    };
  }, [client, text, isBlank, attempt]);

  const retry = useCallback(() => setAttempt((before) => before + 1), []);
  return { current: answer?.text === text ? answer.analysis : null, latest: answer, counted, error, retry };
}
