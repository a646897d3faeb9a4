import { useMemo } from 'react';
import type { CombinedError } from 'urql';
import { useLiveAnswer } from '../editor/useLiveAnswer';
import type {
  TemplateAnalysisQuery as TemplateAnalysisData,
  TemplateContext,
} from '../generated/graphql/graphql';
import { TemplateAnalysisQuery } from './queries';

export type TemplateAnalysis = TemplateAnalysisData['templateAnalysis'];

export interface LiveTemplate {
  /** What is known of the template exactly as it stands; null until the server has answered it. */
  current: TemplateAnalysis | null;
  /** The last answer, and the body it is of: dimmed while the template is newer. */
  latest: { body: string; analysis: TemplateAnalysis } | null;
  error: CombinedError | null;
  retry: () => void;
}

/** What the server says of a template while it is typed. */
export function useTemplateAnalysis(body: string, context: TemplateContext): LiveTemplate {
  const asked = body === '' ? null : { input: { body, context } };
  const { current, latest: answer, error, retry } = useLiveAnswer(TemplateAnalysisQuery, asked);
  const latest = useMemo(
    () => answer && { body: answer.variables.input.body, analysis: answer.data.templateAnalysis },
    [answer],
  );
  return { current: current?.templateAnalysis ?? null, latest, error, retry };
}
