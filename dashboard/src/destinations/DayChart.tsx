import { Title, Tooltip } from '@mantine/core';
import { useLanguage } from '../language/LanguageProvider';
import { useText } from '../language/useText';
import { useWorkspace } from '../session/viewer';
import { formatClock } from '../values/times';
import { useNow } from '../values/useNow';
import classes from './destinations.module.css';
import { type Hour, lastDay } from './hours';

/** The attempts of the last 24 hours: a bar an hour, what failed on top. */
export function DayChart({ hours }: { hours: readonly Hour[] }) {
  const say = useText();
  const { language } = useLanguage();
  const { timeZone } = useWorkspace();
  const now = useNow();
  const day = lastDay(hours, now);
  const total = (part: 'succeeded' | 'failed') => day.reduce((sum, hour) => sum + hour[part], 0);
  const most = Math.max(1, ...day.map(({ succeeded, failed }) => succeeded + failed));
  const share = (count: number) => ({ height: `${(count / most) * 100}%` });
  const clock = (at: string) => formatClock(Date.parse(at), timeZone, language);
  const words = ({ beganAt, succeeded, failed, slowestMs }: Hour) =>
    succeeded + failed === 0
      ? say('destination.hourQuiet', { time: clock(beganAt) })
      : say('destination.hour', { time: clock(beganAt), succeeded, failed, slowest: slowestMs });
  return (
    <section data-testid="day-chart">
      <div className={classes.sectionHead}>
        <Title order={2}>{say('destination.day')}</Title>
        <span className={classes.legend}>
          <span className={classes.state} data-state="DELIVERED">
            {say('destination.daySucceeded', { count: total('succeeded') })}
          </span>
          <span className={classes.state} data-state="FAILED">
            {say('destination.dayFailed', { count: total('failed') })}
          </span>
        </span>
      </div>
      <ul className={classes.bars}>
        {day.map((hour) => (
          <Tooltip key={hour.beganAt} label={words(hour)}>
            <li aria-label={words(hour)} tabIndex={hour.succeeded + hour.failed > 0 ? 0 : undefined}>
              <span className={classes.barFailed} style={share(hour.failed)} />
              <span className={classes.barSucceeded} style={share(hour.succeeded)} />
            </li>
          </Tooltip>
        ))}
      </ul>
      <div className={`muted ${classes.axis}`} aria-hidden>
        {[0, 6, 12, 18, 23].map((index) => (
          <span key={index} style={{ gridColumnStart: index + 1 }}>
            {clock(day[index]?.beganAt ?? '')}
          </span>
        ))}
      </div>
    </section>
  );
}
