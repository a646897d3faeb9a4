import { Alert, Checkbox, Group, TagsInput, TextInput } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import type { CombinedError } from 'urql';
import { focusProblem, otherProblems, type Problem, problemOf } from '../api/problems';
import { useAttributes } from '../attributes/useAttributes';
import type { WebhookEvent } from '../generated/graphql/graphql';
import { useText } from '../language/useText';
import { ActionButton } from '../page/ActionButton';
import { Failure } from '../page/Failure';
import styles from '../page/Form.module.css';
import { SegmentPicker } from './SegmentPicker';

export interface DestinationDraft {
  name: string;
  url: string;
  events: WebhookEvent[];
  segments: string[];
  attributes: string[];
}

interface DestinationFormProps {
  draft: DestinationDraft;
  /** Why there is nothing to save. */
  nothingToSave?: string | false;
  problems: readonly Problem[];
  error: CombinedError | undefined;
  isBusy: boolean;
  saveLabel: string;
  /** Beside Save: how to leave without saving. */
  leave: ReactNode;
  onChange: (draft: DestinationDraft) => void;
  onSave: () => void;
}

const EVENTS: readonly WebhookEvent[] = [
  'SEGMENT_ENTERED',
  'SEGMENT_LEFT',
  'PROFILE_CREATED',
  'PROFILE_UPDATED',
];
const OF_SEGMENTS: readonly WebhookEvent[] = ['SEGMENT_ENTERED', 'SEGMENT_LEFT'];
const FIELDS = ['name', 'url', 'events', 'segments', 'attributes'];

/** Where a destination is, and what it is told. */
export function DestinationForm(props: DestinationFormProps) {
  const { draft, problems, error, onChange, onSave } = props;
  const say = useText();
  const form = useRef<HTMLFormElement>(null);
  const { list } = useAttributes();
  const reason = whyNot();

  useEffect(() => focusProblem(form.current, problems), [problems]);

  function whyNot(): string | false | undefined {
    if (draft.name.trim() === '') return say('destination.nameNeeded');
    if (draft.url.trim() === '') return say('destination.urlNeeded');
    if (draft.events.length === 0) return say('destination.eventNeeded');
    return props.nothingToSave;
  }

  function save() {
    if (!reason) onSave();
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
        autoFocus={draft.name === ''}
        label={say('destinations.name')}
        value={draft.name}
        error={problemOf(say, problems, 'name')}
        onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
      />
      <TextInput
        name="url"
        size="xs"
        label={say('destinations.url')}
        description={say('destination.urlHint')}
        placeholder="https://example.com/attrium"
        value={draft.url}
        error={problemOf(say, problems, 'url')}
        onChange={(event) => onChange({ ...draft, url: event.currentTarget.value })}
      />
      <Checkbox.Group
        size="xs"
        label={say('destination.events')}
        error={problemOf(say, problems, 'events')}
        value={draft.events}
        onChange={(events) => onChange({ ...draft, events: events as WebhookEvent[] })}
      >
        {EVENTS.map((event) => (
          <Checkbox key={event} mt="sm" size="sm" value={event} label={say(`webhookEvent.${event}`)} />
        ))}
      </Checkbox.Group>
      {draft.events.some((event) => OF_SEGMENTS.includes(event)) && (
        <SegmentPicker
          chosen={draft.segments}
          error={problemOf(say, problems, 'segments')}
          onChange={(segments) => onChange({ ...draft, segments })}
        />
      )}
      <TagsInput
        name="attributes"
        size="xs"
        label={say('destination.attributes')}
        description={say('destination.attributesHint')}
        data={list.map(({ key }) => key)}
        value={draft.attributes}
        error={problemOf(say, problems, 'attributes')}
        onChange={(attributes) => onChange({ ...draft, attributes })}
      />
      <Group className={styles.bar}>
        <ActionButton type="submit" variant="filled" loading={props.isBusy} disabledReason={reason}>
          {props.saveLabel}
        </ActionButton>
        {props.leave}
      </Group>
    </form>
  );
}
