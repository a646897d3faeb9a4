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
import { CreateSegmentMutation } from './queries';
import { SegmentEditor } from './SegmentEditor';

interface NewSegmentPageProps {
  /** A rule brought from elsewhere; without it, the draft left here last. */
  rule: string | undefined;
  onCreated: (id: string) => void;
}

export function NewSegmentPage({ rule, onCreated }: NewSegmentPageProps) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const mayEdit = useRight('EDIT_SEGMENTS');
  const draftName = rule === undefined ? `segment.new.${workspace}` : `segment.new.${workspace}:${rule}`;
  const { draft, change, clear } = useDraft(draftName, { name: '', description: '', rule: rule ?? '' });
  const [{ fetching, error }, create] = useMutation(CreateSegmentMutation);
  const [problems, setProblems] = useState<readonly Problem[]>([]);

  const save = useSaving(async () => {
    const { name, description, rule: text } = draft;
    const { data } = await create({ input: { name, description, rule: { text } } });
    setProblems(data?.createSegment.problems ?? []);
    const created = data?.createSegment.segment;
    if (!created) return false;
    clear();
    toast({ message: say('segment.created', { name }), closeLabel: say('action.close') });
    onCreated(created.id);
    return true;
  });

  return (
    <Page
      title={say('segments.new')}
      trail={
        <TextLink to="/w/$workspace/segments" params={{ workspace }} search={{}}>
          {say('segments.title')}
        </TextLink>
      }
    >
      {mayEdit ? (
        <SegmentEditor
          draft={draft}
          problems={problems}
          error={error}
          isBusy={fetching}
          saveLabel={say('segment.create')}
          leave={
            <ButtonLink to="/w/$workspace/segments" params={{ workspace }} search={{}} onClick={clear}>
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
