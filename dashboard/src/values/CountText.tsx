import { useLanguage } from '../language/LanguageProvider';
import { useText } from '../language/useText';
import { formatExact } from './numbers';

/** An exact number of people; a word while it is not known. */
export function CountText({ count }: { count: number | null | undefined }) {
  const say = useText();
  const { language } = useLanguage();
  if (count === null || count === undefined) return <span className="muted">{say('state.counting')}</span>;
  return <>{formatExact(String(count), language)}</>;
}
