import { Text, TextInput, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { failureCode } from '../api/failure';
import { Problems } from '../editor/Problems';
import { useLiveAnswer } from '../editor/useLiveAnswer';
import type { SubjectInput, TemplateContext } from '../generated/graphql/graphql';
import { useText } from '../language/useText';
import { Failure } from '../page/Failure';
import { TextLink } from '../page/links';
import { useRight, useWorkspace } from '../session/viewer';
import { FirstProfileQuery, TemplatePreviewQuery } from './queries';
import { Rendered } from './Rendered';
import classes from './templates.module.css';

interface PreviewProps {
  body: string;
  context: TemplateContext;
  onChange: (body: string) => void;
}

/** What one customer would get, as it is typed: whoever is chosen, else the first there is. */
export function Preview(props: PreviewProps) {
  const say = useText();
  const mayRead = useRight('READ_PROFILES');
  const [{ data }] = useQuery({ query: FirstProfileQuery, pause: !mayRead });
  const [chosen, setChosen] = useState<string | null>(null);
  const first = data?.profiles.nodes[0];
  const subject = subjectOf(chosen, first?.id);
  if (!mayRead) return null;
  return (
    <section className={classes.preview} aria-label={say('template.preview')}>
      <Title order={2} size="h3">
        {say('template.preview')}
      </Title>
      <TextInput
        name="customer"
        size="xs"
        label={say('template.customer')}
        description={say('template.customerHint')}
        value={chosen ?? first?.externalId ?? ''}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      {subject ? (
        <PreviewOf {...props} subject={subject} />
      ) : (
        <Text c="dimmed">{say(data && !first ? 'template.nobody' : 'template.chooseCustomer')}</Text>
      )}
    </section>
  );
}

function subjectOf(chosen: string | null, firstId: string | undefined): SubjectInput | null {
  if (chosen !== null) return chosen.trim() === '' ? null : { externalId: chosen.trim() };
  return firstId === undefined ? null : { id: firstId };
}

function PreviewOf({ body, context, subject, onChange }: PreviewProps & { subject: SubjectInput }) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const asked = body === '' ? null : { input: { body, context, subject } };
  const { current, latest, error, retry } = useLiveAnswer(TemplatePreviewQuery, asked);
  // While the template is broken, what it gave last stays, dimmed.
  const [shown, setShown] = useState(latest);
  const answered = latest?.data.templateAnalysis.preview;
  useEffect(() => {
    if (!latest || answered) setShown(latest);
  }, [latest, answered]);

  const preview = shown?.data.templateAnalysis.preview;
  if (error && failureCode(error) === 'NOT_FOUND') {
    return <Text role="status">{say('template.noSuchCustomer')}</Text>;
  }
  if (error) return <Failure error={error} what={say('template.previewFailed')} onRetry={retry} />;
  if (!shown || !preview) return <Text c="dimmed">{say('template.noPreview')}</Text>;
  const { profile, text, refusal } = preview;
  const isCurrent = current?.templateAnalysis === shown.data.templateAnalysis;
  const { input } = shown.variables;
  return (
    <div
      className={`${classes.result} ${isCurrent ? '' : 'dim'}`}
      data-testid="template-preview"
      data-current={isCurrent || undefined}
    >
      <Text size="xs" c="dimmed">
        {say('template.previewFor')}{' '}
        <TextLink to="/w/$workspace/profiles/$id" params={{ workspace, id: profile.id }} className="mono">
          {profile.externalId ?? profile.id}
        </TextLink>
      </Text>
      {refusal ? (
        <>
          <Text fw={600}>{say('template.refused')}</Text>
          <Problems
            label={say('template.refused')}
            text={input.body}
            findings={[refusal]}
            isStale={!isCurrent}
            onChange={onChange}
          />
        </>
      ) : (
        <Rendered text={text ?? ''} context={input.context} />
      )}
    </div>
  );
}
