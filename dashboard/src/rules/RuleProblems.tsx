import { Problems } from '../editor/Problems';
import { useText } from '../language/useText';
import type { Answer } from './useRuleAnalysis';

interface RuleProblemsProps {
  answer: Answer | null;
  /** The rule has gone on since. */
  isStale: boolean;
  onChange: (text: string) => void;
}

/** What is wrong with a rule. */
export function RuleProblems({ answer, ...rest }: RuleProblemsProps) {
  const say = useText();
  if (!answer) return null;
  const { text, analysis } = answer;
  return <Problems {...rest} label={say('rule.problems')} text={text} findings={analysis.diagnostics} />;
}
