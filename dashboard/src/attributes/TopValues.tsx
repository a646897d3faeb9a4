import { Title } from '@mantine/core';
import { useText } from '../language/useText';
import { AudienceCount } from '../profiles/AudienceLink';
import { ShareBar } from '../values/ShareBar';
import { ValueText } from '../values/ValueText';
import type { AttributeDetail } from './AttributePage';
import classes from './attributes.module.css';
import { valueRule } from './valueRule';

/** The most frequent values; each count opens its people. */
export function TopValues({ attribute }: { attribute: AttributeDetail }) {
  const say = useText();
  const values = attribute.topValues;
  if (!values) return <p className="muted">{say('state.counting')}</p>;
  if (values.length === 0) return null;
  const most = Math.max(...values.map(({ count }) => count));
  return (
    <section className={classes.section}>
      <Title order={2}>{say('attribute.topValues')}</Title>
      <ul className={classes.top}>
        {values.map(({ value, text, count }) => (
          <li key={text}>
            <span className="clip" title={text}>
              <ValueText type={attribute.type} isList={false} value={value} text={text} />
            </span>
            <ShareBar part={count} whole={most} />
            <span className="number">
              <AudienceCount count={count} rule={valueRule(attribute, text)} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
