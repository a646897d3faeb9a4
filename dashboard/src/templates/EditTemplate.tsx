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
import { TemplateQuery, UpdateTemplateMutation } from './queries';
import { type TemplateDraft, TemplateEditor } from './TemplateEditor';
import type { TemplateDetail } from './TemplatePage';

/** The editor of a template that is there already. */
export function EditTemplate({ template }: { template: TemplateDetail }) {
  const say = useText();
  const client = useClient();
  const { key: workspace } = useWorkspace();
  const { id, name, description, context, body } = template;
  const { draft, isChanged, change, clear, settle } = useDraft<TemplateDraft>(`template.${id}`, {
    name,
    description,
    context,
    body,
  });
  const [{ fetching, error }, update] = useMutation(UpdateTemplateMutation);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [theirs, setTheirs] = useState<TemplateDetail | null>(null);
  // What the reader's edits began from, whatever the cache learns while they type.
  const revision = useRef(template.revision);

  useEffect(() => {
    if (!isChanged) revision.current = template.revision;
  }, [isChanged, template.revision]);

  const save = useSaving(async () => {
    const { data } = await update({ input: { id, expectedRevision: revision.current, ...draft } });
    const refused = data?.updateTemplate.problems ?? [];
    const isConflict = refused.some(({ code }) => code === 'CONFLICT');
    setProblems(isConflict ? [] : refused);
    if (isConflict) await showTheirs();
    const saved = data?.updateTemplate.template;
    if (!saved) return false;
    revision.current = saved.revision;
    settle(draft);
    toast({ message: say('template.saved'), closeLabel: say('action.close') });
    return true;
  });

  async function showTheirs() {
    const { data } = await client.query(TemplateQuery, { id }, { requestPolicy: 'network-only' }).toPromise();
    if (data?.template) setTheirs(data.template);
  }

  function keepMine(other: TemplateDetail) {
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
          <p>{theirs.name}</p>
          <pre className={styles.textBlock}>{theirs.body}</pre>
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
      <TemplateEditor
        draft={draft}
        nothingToSave={!isChanged && say('template.nothingChanged')}
        problems={problems}
        error={error}
        isBusy={fetching}
        saveLabel={say('template.save')}
        leave={
          isChanged ? (
            <Button onClick={clear}>{say('action.discard')}</Button>
          ) : (
            <ButtonLink to="/w/$workspace/templates" params={{ workspace }} search={{}}>
              {say('action.cancel')}
            </ButtonLink>
          )
        }
        onChange={change}
        onSave={save}
      />
    </>
  );
}
