import { useState } from 'react';
import { useText } from '../language/useText';
import { Forbidden } from '../page/Forbidden';
import { ButtonLink, TextLink } from '../page/links';
import { Page } from '../page/Page';
import { useRight, useWorkspace } from '../session/viewer';
import { DestinationForm } from './DestinationForm';
import { SecretOnce } from './SecretOnce';
import { TestEvent } from './TestEvent';

interface Created {
  id: string;
  name: string;
  secret: string;
}

/** First the form; then, once, the secret, and a first event to see arrive. */
export function NewDestinationPage() {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const mayEdit = useRight('MANAGE_ENDPOINTS');
  const [created, setCreated] = useState<Created | null>(null);
  return (
    <Page
      title={created?.name ?? say('destinations.new')}
      trail={
        <TextLink to="/w/$workspace/destinations" params={{ workspace }}>
          {say('destinations.title')}
        </TextLink>
      }
    >
      {!mayEdit && <Forbidden />}
      {mayEdit && !created && <DestinationForm onCreated={setCreated} />}
      {created && (
        <>
          <SecretOnce secret={created.secret} />
          <TestEvent id={created.id} />
          <div>
            <ButtonLink
              to="/w/$workspace/destinations/$id"
              params={{ workspace, id: created.id }}
              search={{}}
              replace
            >
              {say('destination.secretKept')}
            </ButtonLink>
          </div>
        </>
      )}
    </Page>
  );
}
