import { useCallback, useEffect, useRef, useState } from 'react';
import { useQuery } from 'urql';
import { useText } from '../language/useText';
import { LiveMark } from '../live/LiveMark';
import { useLive } from '../live/useLive';
import { Failure } from '../page/Failure';
import { Loading } from '../page/Loading';
import { Page } from '../page/Page';
import { Checklist } from './Checklist';
import classes from './home.module.css';
import { LatestChanges } from './LatestChanges';
import { Needs } from './Needs';
import { ActivitySubscription, HomeQuery } from './queries';
import { Totals } from './Totals';

/** What is shown is read again so long after something happened, however much it was. */
const REREAD_MS = 1000;

/** What needs a hand, how much there is, what changed last; in a workspace that has just begun, what to do first. */
export function HomePage() {
  const say = useText();
  const [happened, setHappened] = useState(0);
  const [{ data, error }, ask] = useQuery({ query: HomeQuery });
  const reread = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const happen = useCallback(
    (count: number) => {
      setHappened((before) => before + count);
      reread();
    },
    [reread],
  );
  const happenSoon = useGathered(happen, REREAD_MS);
  useLive({
    query: ActivitySubscription,
    variables: {},
    // Who enters and leaves segments alters nothing that is shown here.
    onEvent: ({ activity }) => activity.transition ?? happenSoon(),
    onConnected: happenSoon,
  });

  return (
    <Page title={say('home.title')} about={say('home.about')} status={<LiveMark />}>
      {error && <Failure error={error} what={say('home.failed')} onRetry={reread} />}
      {!data && !error && <Loading />}
      {data && (
        <>
          <Checklist counts={data} />
          <Totals counts={data} />
          <div className={classes.columns}>
            <Needs answer={data} />
            <LatestChanges happened={happened} />
          </div>
        </>
      )}
    </Page>
  );
}

/** Counts what happens, and tells how much it was a while after the first of it. */
function useGathered(tell: (count: number) => void, after_ms: number): () => void {
  const gathered = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    gathered.current += 1;
    if (gathered.current > 1) return;
    timer.current = setTimeout(() => {
      tell(gathered.current);
      gathered.current = 0;
    }, after_ms);
  }, [tell, after_ms]);
}
