import { useLanguage } from '../language/LanguageProvider';
import { useText } from '../language/useText';
import { useWorkspace } from '../session/viewer';
import { formatClock } from '../values/times';
import { useNow } from '../values/useNow';
import classes from './live.module.css';
import { useLiveStatus } from './useLive';

/** For so long a lost connection is only said to be made again. */
const PATIENCE_MS = 15_000;

/** Says whether the page follows what happens or, when it does not, up to when it did. */
export function LiveMark() {
  const say = useText();
  const { language } = useLanguage();
  const { timeZone } = useWorkspace();
  const { isLive, lastLiveAt } = useLiveStatus();
  const now = useNow();
  const words = () => {
    if (isLive) return say('live.live');
    if (lastLiveAt === null) return say('live.connecting');
    if (now - lastLiveAt < PATIENCE_MS) return say('live.reconnecting');
    return say('live.asOf', { time: formatClock(lastLiveAt, timeZone, language) });
  };
  return (
    <span className={classes.mark} data-live={isLive || undefined} data-testid="live" role="status">
      {words()}
    </span>
  );
}
