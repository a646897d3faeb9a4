import { ActionIcon, Menu, Tabs, Title } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useMutation, useQuery } from 'urql';
import type { SegmentQuery as Answer } from '../generated/graphql/graphql';
import { useLanguage } from '../language/LanguageProvider';
import { failureText, problemText } from '../language/serverTexts';
import { useText } from '../language/useText';
import { LiveMark } from '../live/LiveMark';
import { SegmentChangedSubscription } from '../live/queries';
import { useLive } from '../live/useLive';
import { Confirm } from '../page/Confirm';
import { Empty } from '../page/Empty';
import { Failure } from '../page/Failure';
import styles from '../page/Form.module.css';
import { Loading } from '../page/Loading';
import { ButtonLink, TextLink } from '../page/links';
import { Page } from '../page/Page';
import { toast } from '../page/toast';
import { usePolling } from '../page/usePolling';
import { AudienceCount } from '../profiles/AudienceLink';
import { useRight, useWorkspace } from '../session/viewer';
import { IconMore, IconTrash } from '../theme/icons';
import { formatExact } from '../values/numbers';
import { TimeText } from '../values/TimeText';
import { DeleteSegmentMutation, SegmentQuery } from './queries';
import { SegmentMembers } from './SegmentMembers';
import { SegmentTransitions } from './SegmentTransitions';
import classes from './segments.module.css';

export type SegmentTab = 'members' | 'transitions';
export type SegmentDetail = NonNullable<Answer['segment']>;

interface SegmentPageProps {
  id: string;
  tab: SegmentTab;
  onTab: (tab: SegmentTab) => void;
  onDeleted: () => void;
}

const COUNT_POLL_MS = 1000;

export function SegmentPage({ id, tab, onTab, onDeleted }: SegmentPageProps) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const mayEdit = useRight('EDIT_SEGMENTS');
  const [{ data, error, fetching }, read] = useQuery({ query: SegmentQuery, variables: { id } });
  const segment = data?.segment;
  const isCounting = segment?.count === null;

  const reread = useCallback(() => read({ requestPolicy: 'network-only' }), [read]);
  usePolling(isCounting, COUNT_POLL_MS, reread);

  const [moved, setMoved] = useState(0);
  const move = (people: number) => setMoved((before) => before + Math.max(1, people));
  useLive({
    query: SegmentChangedSubscription,
    variables: { id },
    onEvent: ({ segmentChanged: { entered, left } }) => move(entered + left),
    onConnected: () => {
      reread();
      move(0);
    },
  });

  const trail = (
    <TextLink to="/w/$workspace/segments" params={{ workspace }} search={{}}>
      {say('segments.title')}
    </TextLink>
  );
  if (!segment) {
    return (
      <Page title={say('segment.title')} trail={trail}>
        {error && <Failure error={error} what={say('segment.failed')} onRetry={reread} />}
        {fetching && !error && <Loading />}
        {data && !fetching && <Empty title={say('segment.gone')}>{say('segment.goneAbout')}</Empty>}
      </Page>
    );
  }
  return (
    <Page
      title={segment.name}
      trail={trail}
      status={
        <>
          <span className="mono muted">{segment.key}</span>
          <LiveMark />
        </>
      }
      about={segment.description}
      actions={
        mayEdit && (
          <>
            <ButtonLink
              to="/w/$workspace/segments/$id/edit"
              params={{ workspace, id }}
              variant="filled"
              data-shortcut="edit"
            >
              {say('segment.edit')}
            </ButtonLink>
            <SegmentMenu segment={segment} onDeleted={onDeleted} />
          </>
        )
      }
    >
      <div className={classes.overview}>
        <section data-testid="segment-count">
          <Title order={2} size="h3">
            {say('segments.people')}
          </Title>
          <div className={classes.big}>
            <AudienceCount count={segment.count} rule={segment.ruleText} />
          </div>
          <span className="muted">
            {say('segments.updated')} <TimeText at={segment.updatedAt} />
          </span>
        </section>
        <pre className={styles.textBlock}>{segment.ruleText}</pre>
      </div>
      <Tabs
        value={tab}
        onChange={(next) => onTab(next === 'transitions' ? 'transitions' : 'members')}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="members">{say('segment.members')}</Tabs.Tab>
          <Tabs.Tab value="transitions">{say('segment.transitions')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="members">
          <SegmentMembers id={id} count={segment.count} moved={moved} />
        </Tabs.Panel>
        <Tabs.Panel value="transitions">
          <SegmentTransitions id={id} moved={moved} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function SegmentMenu({ segment, onDeleted }: { segment: SegmentDetail; onDeleted: () => void }) {
  const say = useText();
  const { language } = useLanguage();
  const [isAsking, setAsking] = useState(false);
  const [{ fetching }, remove] = useMutation(DeleteSegmentMutation);

  async function confirm() {
    const { data, error } = await remove({ input: { id: segment.id } });
    setAsking(false);
    const [refused] = data?.deleteSegment.problems ?? [];
    const reason = refused ? problemText(say, refused) : error && failureText(say, error);
    toast({
      message: reason ?? say('segment.deleted', { name: segment.name }),
      closeLabel: say('action.close'),
    });
    if (!reason) onDeleted();
  }

  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={say('action.more')}>
            <IconMore size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            c="var(--at-bad)"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => setAsking(true)}
          >
            {say('segment.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Confirm
        isOpen={isAsking}
        title={say('segment.deleteTitle', { name: segment.name })}
        reach={say('segment.deleteReach', { count: formatExact(String(segment.count ?? 0), language) })}
        action={say('segment.delete')}
        isBusy={fetching}
        onConfirm={confirm}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
