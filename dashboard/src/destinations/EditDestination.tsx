import { Button, Group, Title } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useClient, useMutation } from 'urql';
import type { Problem } from '../api/problems';
import { useText } from '../language/useText';
import styles from '../page/Form.module.css';
import { ButtonLink } from '../page/links';
import { toast } from '../page/toast';
import { useDraft } from '../page/useDraft';
import { useSaving } from '../page/useSaving';
import { useWorkspace } from '../session/viewer';
import { type DestinationDraft, DestinationForm } from './DestinationForm';
import type { DestinationDetail } from './DestinationPage';
import { Told } from './Health';
import { DestinationQuery, UpdateDestinationMutation } from './queries';

interface EditDestinationProps {
  destination: DestinationDetail;
  onSaved: () => void;
}

/** The form of a destination that is there already. If someone else saved meanwhile, both sides are shown. */
export function EditDestination({ destination, onSaved }: EditDestinationProps) {
  const say = useText();
  const client = useClient();
  const { key: workspace } = useWorkspace();
  const { id, name, url, events, segments, attributes } = destination;
  const { draft, isChanged, change, clear } = useDraft<DestinationDraft>(`destination.${id}`, {
    name,
    url,
    events,
    segments,
    attributes,
  });
  const [{ fetching, error }, update] = useMutation(UpdateDestinationMutation);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [theirs, setTheirs] = useState<DestinationDetail | null>(null);
  // What the reader's edits began from, whatever the cache learns while they type.
  const revision = useRef(destination.revision);

  useEffect(() => {
    if (!isChanged) revision.current = destination.revision;
  }, [isChanged, destination.revision]);

  const save = useSaving(async () => {
    const { data } = await update({ input: { id, expectedRevision: revision.current, ...draft } });
    const refused = data?.updateWebhookEndpoint.problems ?? [];
    const isConflict = refused.some(({ code }) => code === 'CONFLICT');
    setProblems(isConflict ? [] : refused);
    if (isConflict) await showTheirs();
    if (!data?.updateWebhookEndpoint.endpoint) return false;
    clear();
    toast({ message: say('destination.saved'), closeLabel: say('action.close') });
    onSaved();
    return true;
  });

  async function showTheirs() {
    const { data } = await client
      .query(DestinationQuery, { id }, { requestPolicy: 'network-only' })
      .toPromise();
    if (data?.webhookEndpoint) setTheirs(data.webhookEndpoint);
  }

  function keepMine(other: DestinationDetail) {
    revision.current = other.revision;
    setTheirs(null);
    save();
  }

  return (
    <>
      {theirs && (
        <section role="alert" className={styles.conflict}>
          <Title order={2}>{say('conflict.title')}</Title>
          <p>{say('conflict.about', { revision: theirs.revision })}</p>
          <Title order={3}>{say('conflict.theirs')}</Title>
          <p>
            {theirs.name}, <span className="mono">{theirs.url}</span>
          </p>
          <Told destination={theirs} />
          <Group mt="md">
            <Button onClick={() => keepMine(theirs)}>{say('conflict.keepMine')}</Button>
            <Button
              onClick={() => {
                setTheirs(null);
                clear();
              }}
            >
              {say('conflict.takeTheirs')}
            </Button>
          </Group>
        </section>
      )}
      <DestinationForm
        draft={draft}
        nothingToSave={!isChanged && say('destination.nothingChanged')}
        problems={problems}
        error={error}
        isBusy={fetching}
        saveLabel={say('destination.save')}
        leave={
          <ButtonLink
            to="/w/$workspace/destinations/$id"
            params={{ workspace, id }}
            search={{}}
            onClick={clear}
          >
            {say(isChanged ? 'action.discard' : 'action.cancel')}
          </ButtonLink>
        }
        onChange={change}
        onSave={save}
      />
    </>
  );
}
