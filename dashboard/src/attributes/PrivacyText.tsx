import type { PrivacyClass } from '../generated/graphql/graphql';
import { useText } from '../language/useText';
import { IconLock, IconSensitive } from '../theme/icons';
import classes from './attributes.module.css';

/** How careful one must be: a word, and a lock where it is personal. */
export function PrivacyText({ privacyClass }: { privacyClass: PrivacyClass }) {
  const say = useText();
  return (
    <span className={`${classes.privacy} ${privacyClass === 'PUBLIC' ? 'muted' : ''}`}>
      {privacyClass === 'PERSONAL' && <IconLock size={14} aria-hidden />}
      {privacyClass === 'SENSITIVE' && <IconSensitive size={14} aria-hidden />}
      {say(`privacy.${privacyClass}`)}
    </span>
  );
}
