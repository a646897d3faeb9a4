import { Alert, Button, Group } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import { type CombinedError, useClient } from 'urql';
import { focusProblem, otherProblems, type Problem } from '../api/problems';
import { useText } from '../language/useText';
import { ActionButton } from '../page/ActionButton';
import { Failure } from '../page/Failure';
import { toast } from '../page/toast';
import { useDraft } from '../page/useDraft';
import { useSaving } from '../page/useSaving';
import { AttributeConflict } from './AttributeConflict';
import { AttributeFields } from './AttributeFields';
import type { AttributeDetail } from './AttributePage';
import classes from './attributes.module.css';
import { draftOf, formatOf } from './draft';
import { AttributeQuery, UpdateAttributeMutation } from './queries';

interface AttributeEditProps {
  attribute: AttributeDetail;
  onDone: () => void;
}

const FIELDS = ['label', 'description', 'privacyClass', 'format', 'options'];

/** Edits a definition. If someone else saved meanwhile, both sides are shown and neither is lost. */
export function AttributeEdit({ attribute, onDone }: AttributeEditProps) {
  const say = useText();
  const client = useClient();
  const form = useRef<HTMLFormElement>(null);
  const { draft, isChanged, change, clear } = useDraft(`attribute.${attribute.id}`, draftOf(attribute));
  // What the reader's edits began from, whatever the cache learns while they type.
  const revision = useRef(attribute.revision);
  const [theirs, setTheirs] = useState<AttributeDetail | null>(null);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [error, setError] = useState<CombinedError>();
  const [isBusy, setBusy] = useState(false);

  const save = useSaving(async () => {
    setBusy(true);
    const format = formatOf(draft);
    const input = {
      id: attribute.id,
      expectedRevision: revision.current,
      label: draft.label,
      description: draft.description,
      privacyClass: draft.privacyClass,
      ...(attribute.type === 'TEXT' && (format ? { format } : { clearFormat: true })),
    };
    const result = await client.mutation(UpdateAttributeMutation, { input }).toPromise();
    setBusy(false);
    setError(result.error);
    const refused = result.data?.updateAttribute.problems ?? [];
    setProblems(refused);
    if (refused.some(({ code }) => code === 'CONFLICT')) await showTheirs();
    else focusProblem(form.current, refused);
    if (result.error || refused.length > 0) return false;
    clear();
    toast({ message: say('attribute.saved'), closeLabel: say('action.close') });
    onDone();
    return true;
  });

  async function showTheirs() {
    const { data } = await client
      .query(AttributeQuery, { key: attribute.key }, { requestPolicy: 'network-only' })
      .toPromise();
    if (data?.attribute) setTheirs(data.attribute);
  }

  function discard() {
    clear();
    onDone();
  }

  function onKeyDown(event: KeyboardEvent) {
    if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') form.current?.requestSubmit();
  }

  const others = theirs ? [] : otherProblems(say, problems, FIELDS);
  return (
    <form
      ref={form}
      className={classes.form}
      onKeyDown={onKeyDown}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        save();
      }}
    >
      {theirs && (
        <AttributeConflict
          mine={draft}
          theirs={theirs}
          onKeepMine={() => {
            revision.current = theirs.revision;
            setTheirs(null);
            save();
          }}
          onTakeTheirs={() => {
            revision.current = theirs.revision;
            setTheirs(null);
            clear();
          }}
        />
      )}
      {others.length > 0 && (
        <Alert role="alert" color="red" variant="outline">
          {others.join(' ')}
        </Alert>
      )}
      {error && <Failure error={error} what={say('attribute.notSaved')} />}
      <AttributeFields type={attribute.type} draft={draft} problems={problems} onChange={change} />
      <Group>
        <ActionButton
          type="submit"
          variant="filled"
          loading={isBusy}
          disabledReason={!isChanged && say('attribute.nothingChanged')}
        >
          {say('action.save')}
        </ActionButton>
        <Button onClick={discard}>{say(isChanged ? 'action.discard' : 'action.cancel')}</Button>
      </Group>
    </form>
  );
}
