import { useText } from '../language/useText';

/** No value. A word, because a blank could also mean a page that broke. */
export function Missing() {
  const say = useText();
  return <span className="muted">{say('value.missing')}</span>;
}
