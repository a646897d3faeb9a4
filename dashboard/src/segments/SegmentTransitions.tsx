import { ActivityList } from '../activity/ActivityList';
import { ofTransition } from '../activity/activity';
import { useText } from '../language/useText';
import { LiveRows } from '../live/LiveRows';
import { Empty } from '../page/Empty';
import { Failure } from '../page/Failure';
import { Loading } from '../page/Loading';
import { More } from '../page/More';
import { usePages } from '../table/usePages';
import { SegmentTransitionsQuery } from './queries';

const PAGE = 50;

/** Who entered and who left, newest first, and what brought it; `moved` counts them while the page is shown. */
export function SegmentTransitions({ id, moved }: { id: string; moved: number }) {
  const say = useText();
  const list = usePages(SegmentTransitionsQuery, { id, first: PAGE }, ({ segment }) => segment?.transitions);
  if (list.error && !list.isLoaded) {
    return <Failure error={list.error} what={say('segment.transitionsFailed')} onRetry={list.reload} />;
  }
  if (!list.isLoaded) return <Loading />;
  return (
    <LiveRows happened={moved} onShow={list.reload}>
      {list.nodes.length === 0 && (
        <Empty title={say('segment.noTransitions')}>{say('segment.noTransitionsAbout')}</Empty>
      )}
      {list.nodes.length > 0 && <ActivityList activities={list.nodes.map(ofTransition)} />}
      {list.error && (
        <Failure error={list.error} what={say('segment.transitionsFailed')} onRetry={list.more} />
      )}
      <More pages={list} isOlder />
    </LiveRows>
  );
}
