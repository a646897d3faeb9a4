import { useLanguage } from '../language/LanguageProvider';
import type { Analysis } from './diagnostics';

/** A rule in plain words. The server says it in English: readers of other languages have its conditions one by one. */
export function RuleSentence({ analysis, className }: { analysis: Analysis | null; className?: string }) {
  const { language } = useLanguage();
  if (language !== 'en' || !analysis?.sentence) return null;
  return <p className={className}>{analysis.sentence}</p>;
}
