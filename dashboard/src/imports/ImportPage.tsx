import { Alert, Title } from '@mantine/core';
import { useCallback } from 'react';
import { useQuery } from 'urql';
import { useText } from '../language/useText';
import { LiveMark } from '../live/LiveMark';
import { ImportProgressSubscription } from '../live/queries';
import { useLive } from '../live/useLive';
import { Empty } from '../page/Empty';
import { Failure } from '../page/Failure';
import { Loading } from '../page/Loading';
import { ButtonLink, TextLink } from '../page/links';
import { Page } from '../page/Page';
import { useWorkspace } from '../session/viewer';
import { TimeText } from '../values/TimeText';
import { ImportProgress } from './ImportProgress';
import { ImportRejects } from './ImportRejects';
import { ImportState } from './ImportState';
import { ImportQuery } from './queries';

export function ImportPage({ id }: { id: string }) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const [{ data, error, fetching }, read] = useQuery({ query: ImportQuery, variables: { id } });
  const found = data?.import;
  const isRunning = found?.state === 'QUEUED' || found?.state === 'RUNNING';

  const reread = useCallback(() => read({ requestPolicy: 'network-only' }), [read]);
  // How far it is comes with the subscription, at once when it begins.
  useLive({ query: ImportProgressSubscription, variables: { id }, isOver: !isRunning });

  const trail = (
    <TextLink to="/w/$workspace/imports" params={{ workspace }}>
      {say('imports.title')}
    </TextLink>
  );
  if (!found) {
    return (
      <Page title={say('imports.import')} trail={trail}>
        {error && <Failure error={error} what={say('imports.oneFailed')} onRetry={reread} />}
        {fetching && !error && <Loading />}
        {data && !fetching && <Empty title={say('imports.gone')}>{say('imports.goneAbout')}</Empty>}
      </Page>
    );
  }
  return (
    <Page
      title={found.name}
      trail={trail}
      status={
        <>
          <ImportState state={found.state} />
          {isRunning && <LiveMark />}
        </>
      }
      about={
        <>
          {say('imports.started')} <TimeText at={found.createdAt} />
        </>
      }
      actions={
        found.state === 'DONE' && (
          <ButtonLink to="/w/$workspace/profiles" params={{ workspace }} search={{}} variant="filled">
            {say('imports.openProfiles')}
          </ButtonLink>
        )
      }
    >
      {found.failure && (
        <Alert role="alert" color="red" variant="outline" title={say('importState.FAILED')}>
          {found.failure}
        </Alert>
      )}
      <ImportProgress done={found.rowsDone} total={found.rowsTotal ?? null} />
      {found.createdAttributes.length > 0 && (
        <section>
          <Title order={2}>{say('imports.createdAttributes')}</Title>
          {found.createdAttributes.map(({ id: attributeId, key, label }, at) => (
            <span key={attributeId}>
              {at > 0 && ', '}
              <TextLink to="/w/$workspace/attributes/$key" params={{ workspace, key }} search={{}}>
                {label || key}
              </TextLink>
            </span>
          ))}
        </section>
      )}
      <ImportRejects id={id} count={found.rowsRejected} />
    </Page>
  );
}
