import { Button, Group, Title } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useClient, useMutation, useQuery } from 'urql';
import type { Problem } from '../api/problems';
import { useText } from '../language/useText';
import { Empty } from '../page/Empty';
import { Failure } from '../page/Failure';
import { Forbidden } from '../page/Forbidden';
import styles from '../page/Form.module.css';
import { Loading } from '../page/Loading';
import { ButtonLink, TextLink } from '../page/links';
import { Page } from '../page/Page';
import { toast } from '../page/toast';
import { useDraft } from '../page/useDraft';
import { useSaving } from '../page/useSaving';
import { useRight, useWorkspace } from '../session/viewer';
import { SegmentQuery, UpdateSegmentMutation } from './queries';
import { SegmentEditor } from './SegmentEditor';
import { SegmentLink } from './SegmentLink';
import type { SegmentDetail } from './SegmentPage';

interface EditSegmentPageProps {
  id: string;
  onSaved: () => void;
}

export function EditSegmentPage({ id, onSaved }: EditSegmentPageProps) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const mayEdit = useRight('EDIT_SEGMENTS');
  const [{ data, error }, read] = useQuery({ query: SegmentQuery, variables: { id } });
  const segment = data?.segment;
  return (
    <Page
      title={say('segment.editTitle', { name: segment?.name ?? '' })}
      trail={
        segment ? (
          <SegmentLink segment={segment} />
        ) : (
          <TextLink to="/w/$workspace/segments" params={{ workspace }} search={{}}>
            {say('segments.title')}
          </TextLink>
        )
      }
    >
      {error && !segment && (
        <Failure
          error={error}
          what={say('segment.failed')}
          onRetry={() => read({ requestPolicy: 'network-only' })}
        />
      )}
      {!data && !error && <Loading />}
      {data && !segment && <Empty title={say('segment.gone')}>{say('segment.goneAbout')}</Empty>}
      {segment && (mayEdit ? <EditSegment segment={segment} onSaved={onSaved} /> : <Forbidden />)}
    </Page>
  );
}

function EditSegment({ segment, onSaved }: { segment: SegmentDetail; onSaved: () => void }) {
  const say = useText();
  const client = useClient();
  const { key: workspace } = useWorkspace();
  const { name, description, ruleText } = segment;
  const { draft, isChanged, change, clear } = useDraft(`segment.${segment.id}`, {
    name,
    description,
    rule: ruleText,
  });
  const [{ fetching, error }, update] = useMutation(UpdateSegmentMutation);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [theirs, setTheirs] = useState<SegmentDetail | null>(null);
  // What the reader's edits began from, whatever the cache learns while they type.
  const revision = useRef(segment.revision);

  useEffect(() => {
    if (!isChanged) revision.current = segment.revision;
  }, [isChanged, segment.revision]);

  const save = useSaving(async () => {
    const { data } = await update({
      input: {
        id: segment.id,
        expectedRevision: revision.current,
        name: draft.name,
        description: draft.description,
        rule: { text: draft.rule },
      },
    });
    const refused = data?.updateSegment.problems ?? [];
    const isConflict = refused.some(({ code }) => code === 'CONFLICT');
    setProblems(isConflict ? [] : refused);
    if (isConflict) await showTheirs();
    if (!data?.updateSegment.segment) return false;
    clear();
    toast({ message: say('segment.saved'), closeLabel: say('action.close') });
    onSaved();
    return true;
  });

  async function showTheirs() {
    const { data } = await client
      .query(SegmentQuery, { id: segment.id }, { requestPolicy: 'network-only' })
      .toPromise();
    if (data?.segment) setTheirs(data.segment);
  }

  function keepMine(other: SegmentDetail) {
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
          <pre className={styles.textBlock}>{theirs.ruleText}</pre>
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
      <SegmentEditor
        draft={draft}
        nothingToSave={!isChanged && say('segment.nothingChanged')}
        problems={problems}
        error={error}
        isBusy={fetching}
        saveLabel={say('segment.save')}
        leave={
          <ButtonLink to="/w/$workspace/segments/$id" params={{ workspace, id: segment.id }} onClick={clear}>
            {say(isChanged ? 'action.discard' : 'action.cancel')}
          </ButtonLink>
        }
        onChange={change}
        onSave={save}
      />
    </>
  );
}
