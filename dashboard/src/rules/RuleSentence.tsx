import { useLanguage } from '../language/LanguageProvider';
import type { Answer } from './useRuleAnalysis';

/** A rule in plain words. The server says it in English: readers of other languages have its conditions one by one. */
export function RuleSentence({ answer, className }: { answer: Answer | null; className?: string }) {
  const { language } = useLanguage();
  if (language !== 'en' || !answer?.analysis.sentence) return null;
  return <p className={className}>{answer.analysis.sentence}</p>;
}
