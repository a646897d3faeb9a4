import { useQuery } from 'urql';
import { useText } from '../language/useText';
import { Empty } from '../page/Empty';
import { Failure } from '../page/Failure';
import { Forbidden } from '../page/Forbidden';
import { Loading } from '../page/Loading';
import { TextLink } from '../page/links';
import { Page } from '../page/Page';
import { useRight, useWorkspace } from '../session/viewer';
import { EditDestination } from './EditDestination';
import { DestinationQuery } from './queries';

interface EditDestinationPageProps {
  id: string;
  onSaved: () => void;
}

export function EditDestinationPage({ id, onSaved }: EditDestinationPageProps) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const mayEdit = useRight('MANAGE_ENDPOINTS');
  const [{ data, error }, read] = useQuery({ query: DestinationQuery, variables: { id } });
  const destination = data?.webhookEndpoint;
  return (
    <Page
      title={say('destination.editTitle', { name: destination?.name ?? '' })}
      trail={
        destination ? (
          <TextLink to="/w/$workspace/destinations/$id" params={{ workspace, id }} search={{}}>
            {destination.name}
          </TextLink>
        ) : (
          <TextLink to="/w/$workspace/destinations" params={{ workspace }}>
            {say('destinations.title')}
          </TextLink>
        )
      }
    >
      {error && !destination && (
        <Failure
          error={error}
          what={say('destination.failed')}
          onRetry={() => read({ requestPolicy: 'network-only' })}
        />
      )}
      {!data && !error && <Loading />}
      {data && !destination && <Empty title={say('destination.gone')}>{say('destination.goneAbout')}</Empty>}
      {destination && !mayEdit && <Forbidden />}
      {destination && mayEdit && <EditDestination destination={destination} onSaved={onSaved} />}
    </Page>
  );
}
