import { Alert, Checkbox, Group, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useMutation } from 'urql';
import { focusProblem, otherProblems, type Problem, problemOf } from '../api/problems';
import type { AttributeType } from '../generated/graphql/graphql';
import { useText } from '../language/useText';
import { ActionButton } from '../page/ActionButton';
import { Failure } from '../page/Failure';
import { Forbidden } from '../page/Forbidden';
import { ButtonLink, TextLink } from '../page/links';
import { Page } from '../page/Page';
import { toast } from '../page/toast';
import { useDraft } from '../page/useDraft';
import { useSaving } from '../page/useSaving';
import { useRight, useWorkspace } from '../session/viewer';
import { AttributeFields } from './AttributeFields';
import classes from './attributes.module.css';
import { draftOf, formatOf } from './draft';
import { CreateAttributeMutation } from './queries';

const TYPES: readonly AttributeType[] = [
  'TEXT',
  'INTEGER',
  'DECIMAL',
  'BOOLEAN',
  'DATE',
  'TIMESTAMP',
  'GEO_POINT',
];
const KEY = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;
const FIELDS = ['key', 'type', 'isList', 'label', 'description', 'privacyClass', 'format', 'options'];

const BLANK = {
  key: '',
  type: 'TEXT' as AttributeType,
  isList: false,
  ...draftOf({ label: '', description: '', privacyClass: 'PUBLIC', format: null }),
};

export function NewAttributePage({ onCreated }: { onCreated: (key: string) => void }) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const mayEdit = useRight('EDIT_ATTRIBUTES');
  const form = useRef<HTMLFormElement>(null);
  const { draft, change, clear } = useDraft(`attribute.new.${workspace}`, BLANK);
  const [{ fetching, error }, create] = useMutation(CreateAttributeMutation);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const others = otherProblems(say, problems, FIELDS);
  const isKeyWrong = draft.key !== '' && !KEY.test(draft.key);

  const save = useSaving(async () => {
    const { key, type, isList, label, description, privacyClass } = draft;
    const format = type === 'TEXT' ? formatOf(draft) : undefined;
    const { data } = await create({
      input: { key, type, isList, label: label || undefined, description, privacyClass, format },
    });
    const refused = data?.createAttribute.problems ?? [];
    setProblems(refused);
    focusProblem(form.current, refused);
    const created = data?.createAttribute.attribute;
    if (!created) return false;
    clear();
    toast({ message: say('attribute.created'), closeLabel: say('action.close') });
    onCreated(created.key);
    return true;
  });

  function whyNot(): string | false {
    if (draft.key === '') return say('attribute.keyNeeded');
    return isKeyWrong && say('attribute.keyHint');
  }

  return (
    <Page
      title={say('attributes.new')}
      trail={
        <TextLink to="/w/$workspace/attributes" params={{ workspace }} search={{}}>
          {say('attributes.title')}
        </TextLink>
      }
    >
      {mayEdit ? (
        <form
          ref={form}
          className={classes.form}
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            save();
          }}
        >
          {others.length > 0 && (
            <Alert role="alert" color="red" variant="outline">
              {others.join(' ')}
            </Alert>
          )}
          {error && <Failure error={error} what={say('attribute.notSaved')} />}
          <TextInput
            name="key"
            size="xs"
            autoFocus
            required
            withAsterisk={false}
            label={say('attribute.key')}
            description={say('attribute.keyHint')}
            value={draft.key}
            error={isKeyWrong || problemOf(say, problems, 'key')}
            onChange={(event) => change({ ...draft, key: event.currentTarget.value })}
          />
          <NativeSelect
            name="type"
            size="xs"
            label={say('attributes.type')}
            description={say('attribute.typeHint')}
            data={TYPES.map((value) => ({ value, label: say(`type.${value}`) }))}
            value={draft.type}
            error={problemOf(say, problems, 'type')}
            onChange={(event) => change({ ...draft, type: event.currentTarget.value as AttributeType })}
          />
          <Checkbox
            name="isList"
            size="xs"
            label={say('attribute.isList')}
            checked={draft.isList}
            onChange={(event) => change({ ...draft, isList: event.currentTarget.checked })}
          />
          <AttributeFields
            type={draft.type}
            draft={draft}
            problems={problems}
            onChange={(fields) => change({ ...draft, ...fields })}
          />
          <Group>
            <ActionButton type="submit" variant="filled" loading={fetching} disabledReason={whyNot()}>
              {say('attributes.create')}
            </ActionButton>
            <ButtonLink to="/w/$workspace/attributes" params={{ workspace }} search={{}}>
              {say('action.cancel')}
            </ButtonLink>
          </Group>
        </form>
      ) : (
        <Forbidden />
      )}
    </Page>
  );
}
