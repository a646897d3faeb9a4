import { useCallback, useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { useText } from '../language/useText';
import { LiveMark } from '../live/LiveMark';
import { ProfileChangedSubscription } from '../live/queries';
import { useLive } from '../live/useLive';
import { Empty } from '../page/Empty';
import { Failure } from '../page/Failure';
import { Loading } from '../page/Loading';
import { TextLink } from '../page/links';
import { Page } from '../page/Page';
import { useWorkspace } from '../session/viewer';
import { CopyId } from '../values/CopyId';
import { TimeText } from '../values/TimeText';
import { ProfileActivity } from './ProfileActivity';
import classes from './ProfilePage.module.css';
import { ProfileSegments } from './ProfileSegments';
import { ProfileValues } from './ProfileValues';
import { ProfileQuery } from './queries';

interface ProfilePageProps {
  id: string;
  /** The attribute whose history is shown; without it, all. */
  attribute: string | undefined;
  onAttribute: (key: string | undefined) => void;
}

export function ProfilePage({ id, attribute, onAttribute }: ProfilePageProps) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const [{ data, error, fetching }, read] = useQuery({ query: ProfileQuery, variables: { id } });
  const reread = useCallback(() => read({ requestPolicy: 'network-only' }), [read]);
  const profile = data?.profile;
  const [happened, setHappened] = useState(0);
  const happen = useCallback(() => setHappened((count) => count + 1), []);
  const rereadAll = () => {
    reread();
    happen();
  };
  useLive({
    query: ProfileChangedSubscription,
    variables: { id },
    onEvent: ({ profileChanged }) => {
      if (!profileChanged.profile) rereadAll();
      else if (profileChanged.transition) happen();
    },
    onConnected: rereadAll,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version, be it by an edit made here, is something that happened.
  useEffect(happen, [happen, profile?.version]);

  const trail = (
    <TextLink to="/w/$workspace/profiles" params={{ workspace }} search={{}}>
      {say('profiles.title')}
    </TextLink>
  );
  if (!profile) {
    return (
      <Page title={say('profile.title')} trail={trail}>
        {error && <Failure error={error} what={say('profile.failed')} onRetry={reread} />}
        {fetching && !error && <Loading />}
        {data && !fetching && <Empty title={say('profile.gone')}>{say('profile.goneAbout')}</Empty>}
      </Page>
    );
  }
  return (
    <Page
      title={profile.externalId ?? say('profile.anonymous')}
      trail={trail}
      status={<LiveMark />}
      about={
        <span className={classes.facts}>
          <CopyId id={profile.id} />
          <span>{say('profile.version', { version: profile.version })}</span>
          <span>
            {say('profile.updated')} <TimeText at={profile.updatedAt} />
          </span>
        </span>
      }
    >
      {error && <Failure error={error} what={say('profile.failed')} onRetry={reread} />}
      <div className={classes.columns}>
        <ProfileValues profile={profile} onHistory={onAttribute} />
        <aside className={classes.aside} aria-label={say('profile.segmentsAndHistory')}>
          <ProfileSegments id={profile.id} happened={happened} />
          <ProfileActivity
            id={profile.id}
            happened={happened}
            attribute={attribute}
            onAttribute={onAttribute}
          />
        </aside>
      </div>
    </Page>
  );
}
