import { Text } from '@mantine/core';
import { useLanguage } from '../language/LanguageProvider';
import { useText } from '../language/useText';
import { IndexProgress } from '../page/IndexProgress';
import { AudienceLink } from '../profiles/AudienceLink';
import { formatExact, formatShare } from '../values/numbers';
import classes from './rules.module.css';
import type { LiveAnalysis } from './useRuleAnalysis';

interface RuleCountProps {
  live: LiveAnalysis;
  text: string;
}

/** The one big number: exactly how many, as it is typed. While the rule is broken the last count stays, dimmed, never a zero. */
export function RuleCount({ live, text }: RuleCountProps) {
  const say = useText();
  const { language } = useLanguage();
  const { current } = live;
  const counted = live.counted?.analysis;
  if (current && !current.index.isReady) return <IndexProgress {...current.index} />;

  const isCurrent = current !== null && current === counted;
  const count = counted?.count;
  if (count === null || count === undefined) {
    return <Text c="dimmed">{text.trim() === '' ? say('rule.noneYet') : say('rule.notYet')}</Text>;
  }
  const total = counted?.total ?? 0;
  return (
    <div
      className={isCurrent ? undefined : 'dim'}
      data-testid="rule-count"
      data-current={isCurrent || undefined}
    >
      <div className={classes.count} role="status" aria-live="polite">
        <AudienceLink rule={counted?.text ?? text}>{formatExact(String(count), language)}</AudienceLink>
      </div>
      <Text c="dimmed">
        {say('rule.ofTotal', {
          share: formatShare(count, total, language),
          total: formatExact(String(total), language),
        })}
      </Text>
      {current && !current.isValid && (
        <Text size="xs" c="dimmed">
          {say('rule.lastCount')}
        </Text>
      )}
    </div>
  );
}
