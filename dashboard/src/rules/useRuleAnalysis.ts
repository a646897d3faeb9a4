import { useEffect, useMemo, useState } from 'react';
import type { CombinedError } from 'urql';
import { useLiveAnswer } from '../editor/useLiveAnswer';
import type { RuleAnalysisQuery as RuleAnalysisData } from '../generated/graphql/graphql';
import { RuleAnalysisQuery } from './queries';

const INDEX_POLL_MS = 1000;

export type Analysis = RuleAnalysisData['ruleAnalysis'];

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

const untilIndexed = ({ ruleAnalysis }: RuleAnalysisData) =>
  ruleAnalysis.index.isReady ? null : INDEX_POLL_MS;

/** What the server says of a rule while it is typed. */
export function useRuleAnalysis(text: string): LiveAnalysis {
  const isBlank = text.trim() === '';
  const asked = isBlank ? null : { input: { text } };
  const { current, latest: answer, error, retry } = useLiveAnswer(RuleAnalysisQuery, asked, untilIndexed);
  const latest = useMemo(
    () => (answer ? { text: answer.variables.input.text ?? '', analysis: answer.data.ruleAnalysis } : null),
    [answer],
  );
  const [counted, setCounted] = useState<Answer | null>(null);

  useEffect(() => {
    if (!latest) setCounted(null);
    else if (latest.analysis.count !== null && latest.analysis.count !== undefined) setCounted(latest);
  }, [latest]);

  return { current: current?.ruleAnalysis ?? null, latest, counted, error, retry };
}
