import { Alert, Checkbox, Group, TagsInput, TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useMutation } from 'urql';
import { focusProblem, otherProblems, type Problem, problemOf } from '../api/problems';
import { useAttributes } from '../attributes/useAttributes';
import type { WebhookEvent } from '../generated/graphql/graphql';
import { useText } from '../language/useText';
import { ActionButton } from '../page/ActionButton';
import { Failure } from '../page/Failure';
import styles from '../page/Form.module.css';
import { ButtonLink } from '../page/links';
import { useDraft } from '../page/useDraft';
import { useWorkspace } from '../session/viewer';
import { CreateDestinationMutation } from './queries';

interface DestinationFormProps {
  onCreated: (created: { id: string; name: string; secret: string }) => void;
}

interface DestinationDraft {
  name: string;
  url: string;
  events: WebhookEvent[];
  attributes: string[];
}

const EVENTS: readonly WebhookEvent[] = [
  'SEGMENT_ENTERED',
  'SEGMENT_LEFT',
  'PROFILE_CREATED',
  'PROFILE_UPDATED',
];
const FIELDS = ['name', 'url', 'events', 'attributes'];
const EMPTY: DestinationDraft = { name: '', url: '', events: ['SEGMENT_ENTERED'], attributes: [] };

export function DestinationForm({ onCreated }: DestinationFormProps) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const form = useRef<HTMLFormElement>(null);
  const { list } = useAttributes();
  const { draft, change, clear } = useDraft<DestinationDraft>(`destination.new.${workspace}`, EMPTY);
  const [{ fetching, error }, create] = useMutation(CreateDestinationMutation);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const reason = whyNot();

  useEffect(() => focusProblem(form.current, problems), [problems]);

  function whyNot(): string | false {
    if (draft.name.trim() === '') return say('destination.nameNeeded');
    if (draft.url.trim() === '') return say('destination.urlNeeded');
    return draft.events.length === 0 && say('destination.eventNeeded');
  }

  async function save() {
    if (reason || fetching) return;
    const { data } = await create({ input: draft });
    setProblems(data?.createWebhookEndpoint.problems ?? []);
    const { endpoint, secret } = data?.createWebhookEndpoint ?? {};
    if (!endpoint) return;
    clear();
    onCreated({ ...endpoint, secret: secret ?? '' });
  }

  function onKeyDown(event: KeyboardEvent) {
    if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') save();
  }

  const others = otherProblems(say, problems, FIELDS);
  return (
    <form
      ref={form}
      className={styles.form}
      style={{ maxWidth: 720 }}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {others.length > 0 && (
        <Alert role="alert" color="red" variant="outline">
          {others.join(' ')}
        </Alert>
      )}
      {error && <Failure error={error} what={say('destination.notSaved')} />}
      <TextInput
        name="name"
        size="xs"
        autoFocus
        label={say('destinations.name')}
        value={draft.name}
        error={problemOf(say, problems, 'name')}
        onChange={(event) => change({ ...draft, name: event.currentTarget.value })}
      />
      <TextInput
        name="url"
        size="xs"
        label={say('destinations.url')}
        description={say('destination.urlHint')}
        placeholder="https://example.com/attrium"
        value={draft.url}
        error={problemOf(say, problems, 'url')}
        onChange={(event) => change({ ...draft, url: event.currentTarget.value })}
      />
      <Checkbox.Group
        size="xs"
        label={say('destination.events')}
        error={problemOf(say, problems, 'events')}
        value={draft.events}
        onChange={(events) => change({ ...draft, events: events as WebhookEvent[] })}
      >
        {EVENTS.map((event) => (
          <Checkbox key={event} mt="sm" size="sm" value={event} label={say(`webhookEvent.${event}`)} />
        ))}
      </Checkbox.Group>
      <TagsInput
        name="attributes"
        size="xs"
        label={say('destination.attributes')}
        description={say('destination.attributesHint')}
        data={list.map(({ key }) => key)}
        value={draft.attributes}
        error={problemOf(say, problems, 'attributes')}
        onChange={(attributes) => change({ ...draft, attributes })}
      />
      <Group className={styles.bar}>
        <ActionButton type="submit" variant="filled" loading={fetching} disabledReason={reason}>
          {say('destination.create')}
        </ActionButton>
        <ButtonLink to="/w/$workspace/destinations" params={{ workspace }} onClick={clear}>
          {say('action.discard')}
        </ButtonLink>
      </Group>
    </form>
  );
}
