import { useState } from 'react';
import { useMutation } from 'urql';
import type { Problem } from '../api/problems';
import { useText } from '../language/useText';
import { Forbidden } from '../page/Forbidden';
import { ButtonLink, TextLink } from '../page/links';
import { Page } from '../page/Page';
import { useDraft } from '../page/useDraft';
import { useSaving } from '../page/useSaving';
import { useRight, useWorkspace } from '../session/viewer';
import { type DestinationDraft, DestinationForm } from './DestinationForm';
import { CreateDestinationMutation } from './queries';
import { SecretOnce } from './SecretOnce';
import { TestEvent } from './TestEvent';

interface Created {
  id: string;
  name: string;
  secret: string;
}

const BLANK: DestinationDraft = {
  name: '',
  url: '',
  events: ['SEGMENT_ENTERED'],
  segments: [],
  attributes: [],
};

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
      {mayEdit && !created && <NewDestination onCreated={setCreated} />}
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
              data-testid="secret-kept"
            >
              {say('destination.secretKept')}
            </ButtonLink>
          </div>
        </>
      )}
    </Page>
  );
}

function NewDestination({ onCreated }: { onCreated: (created: Created) => void }) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const { draft: stored, change, clear } = useDraft(`destination.new.${workspace}`, BLANK);
  // A draft kept by an earlier version may lack a field.
  const draft = { ...BLANK, ...stored };
  const [{ fetching, error }, create] = useMutation(CreateDestinationMutation);
  const [problems, setProblems] = useState<readonly Problem[]>([]);

  const save = useSaving(async () => {
    const { data } = await create({ input: draft });
    setProblems(data?.createWebhookEndpoint.problems ?? []);
    const { endpoint, secret } = data?.createWebhookEndpoint ?? {};
    if (!endpoint) return false;
    clear();
    onCreated({ ...endpoint, secret: secret ?? '' });
    return true;
  });

  return (
    <DestinationForm
      draft={draft}
      problems={problems}
      error={error}
      isBusy={fetching}
      saveLabel={say('destination.create')}
      leave={
        <ButtonLink to="/w/$workspace/destinations" params={{ workspace }} onClick={clear}>
          {say('action.discard')}
        </ButtonLink>
      }
      onChange={change}
      onSave={save}
    />
  );
}
