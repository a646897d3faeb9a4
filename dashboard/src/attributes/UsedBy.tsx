import { Title } from '@mantine/core';
import { useText } from '../language/useText';
import { Failure } from '../page/Failure';
import { More } from '../page/More';
import { SegmentLink } from '../segments/SegmentLink';
import { usePages } from '../table/usePages';
import classes from './attributes.module.css';
import { UsedByQuery } from './queries';

const PAGE = 10;

/** The segments whose rule reads an attribute. */
export function UsedBy({ attributeKey }: { attributeKey: string }) {
  const say = useText();
  const list = usePages(
    UsedByQuery,
    { key: attributeKey, first: PAGE },
    ({ attribute }) => attribute?.usedBy,
  );
  return (
    <section className={classes.section}>
      <Title order={2}>{say('attribute.usedBy')}</Title>
      {list.error && (
        <Failure error={list.error} what={say('attribute.usedByFailed')} onRetry={list.reload} />
      )}
      {list.isLoaded && list.nodes.length === 0 && <span className="muted">{say('attribute.unused')}</span>}
      {list.nodes.map((segment) => (
        <SegmentLink key={segment.id} segment={segment} />
      ))}
      <More pages={list} />
    </section>
  );
}
