import { useState } from 'react';
import { useMutation } from 'urql';
import type { Problem } from '../api/problems';
import { useText } from '../language/useText';
import { Forbidden } from '../page/Forbidden';
import { ButtonLink, TextLink } from '../page/links';
import { Page } from '../page/Page';
import { toast } from '../page/toast';
import { useDraft } from '../page/useDraft';
import { useSaving } from '../page/useSaving';
import { useRight, useWorkspace } from '../session/viewer';
import { CreateTemplateMutation } from './queries';
import { type TemplateDraft, TemplateEditor } from './TemplateEditor';

interface NewTemplatePageProps {
  /** A body brought from elsewhere; without it, the draft left here last. */
  body: string | undefined;
  onCreated: (id: string) => void;
}

export function NewTemplatePage({ body, onCreated }: NewTemplatePageProps) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const mayEdit = useRight('EDIT_TEMPLATES');
  const draftName = body === undefined ? `template.new.${workspace}` : `template.new.${workspace}:${body}`;
  const { draft, change, clear } = useDraft<TemplateDraft>(draftName, {
    name: '',
    description: '',
    context: 'TEXT',
    body: body ?? '',
  });
  const [{ fetching, error }, create] = useMutation(CreateTemplateMutation);
  const [problems, setProblems] = useState<readonly Problem[]>([]);

  const save = useSaving(async () => {
    const { data } = await create({ input: draft });
    setProblems(data?.createTemplate.problems ?? []);
    const created = data?.createTemplate.template;
    if (!created) return false;
    clear();
    toast({ message: say('template.created', { name: draft.name }), closeLabel: say('action.close') });
    onCreated(created.id);
    return true;
  });

  return (
    <Page
      title={say('templates.new')}
      trail={
        <TextLink to="/w/$workspace/templates" params={{ workspace }} search={{}}>
          {say('templates.title')}
        </TextLink>
      }
    >
      {mayEdit ? (
        <TemplateEditor
          draft={draft}
          problems={problems}
          error={error}
          isBusy={fetching}
          saveLabel={say('template.create')}
          leave={
            <ButtonLink to="/w/$workspace/templates" params={{ workspace }} search={{}} onClick={clear}>
              {say('action.discard')}
            </ButtonLink>
          }
          onChange={change}
          onSave={save}
        />
      ) : (
        <Forbidden />
      )}
    </Page>
  );
}
