import { Alert, Group, NativeSelect, TextInput } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import type { CombinedError } from 'urql';
import { focusProblem, otherProblems, type Problem, problemOf } from '../api/problems';
import { Problems } from '../editor/Problems';
import type { TemplateContext } from '../generated/graphql/graphql';
import { useText } from '../language/useText';
import { ActionButton } from '../page/ActionButton';
import { Failure } from '../page/Failure';
import styles from '../page/Form.module.css';
import { Preview } from './Preview';
import { Reads } from './Reads';
import { TemplateBody } from './TemplateBody';
import classes from './templates.module.css';
import { useTemplateAnalysis } from './useTemplateAnalysis';

export interface TemplateDraft {
  name: string;
  description: string;
  context: TemplateContext;
  body: string;
}

interface TemplateEditorProps {
  draft: TemplateDraft;
  /** Why there is nothing to save. */
  nothingToSave?: string | false;
  problems: readonly Problem[];
  error: CombinedError | undefined;
  isBusy: boolean;
  saveLabel: string;
  /** Beside Save: how to leave without saving. */
  leave: ReactNode;
  onChange: (draft: TemplateDraft) => void;
  onSave: () => void;
}

const CONTEXTS: readonly TemplateContext[] = ['TEXT', 'HTML', 'JSON', 'HEADER', 'URL'];
const FIELDS = ['name', 'description', 'context', 'body'];

/** Name and body of a template, with what one customer would get always in view. */
export function TemplateEditor(props: TemplateEditorProps) {
  const { draft, problems, error, isBusy, onChange, onSave } = props;
  const say = useText();
  const form = useRef<HTMLFormElement>(null);
  const live = useTemplateAnalysis(draft.body, draft.context);
  const { current, latest } = live;
  const setBody = (body: string) => onChange({ ...draft, body });
  const reason = whyNot();

  useEffect(() => focusProblem(form.current, problems), [problems]);

  function whyNot(): string | false | undefined {
    if (draft.name.trim() === '') return say('template.nameNeeded');
    if (draft.body.trim() === '') return say('template.bodyNeeded');
    if (current && !current.isValid) return say('template.broken');
    return props.nothingToSave;
  }

  function save() {
    if (!reason) onSave();
  }

  function onKeyDown(event: KeyboardEvent) {
    if ((event.ctrlKey || event.metaKey) && event.key === 'Enter' && !event.defaultPrevented) save();
  }

  const others = [...otherProblems(say, problems, FIELDS), problemOf(say, problems, 'body')].filter(
    (text) => text !== undefined,
  );
  return (
    <form
      ref={form}
      className={styles.form}
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
      {error && <Failure error={error} what={say('template.notSaved')} />}
      <div className={styles.names}>
        <TextInput
          name="name"
          size="xs"
          autoFocus={draft.name === ''}
          label={say('templates.name')}
          value={draft.name}
          error={problemOf(say, problems, 'name')}
          onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
        />
        <TextInput
          name="description"
          size="xs"
          label={say('template.description')}
          value={draft.description}
          error={problemOf(say, problems, 'description')}
          onChange={(event) => onChange({ ...draft, description: event.currentTarget.value })}
        />
      </div>
      <div className={classes.builder}>
        <div className={styles.form}>
          <NativeSelect
            name="context"
            size="xs"
            label={say('template.context')}
            description={say(`templateContextHint.${draft.context}`)}
            data={CONTEXTS.map((value) => ({ value, label: say(`templateContext.${value}`) }))}
            value={draft.context}
            error={problemOf(say, problems, 'context')}
            onChange={(event) =>
              onChange({ ...draft, context: event.currentTarget.value as TemplateContext })
            }
          />
          <div>
            <span className={styles.fieldLabel}>{say('template.body')}</span>
            <TemplateBody
              label={say('template.body')}
              placeholder={say('template.bodyPlaceholder')}
              minHeight="264px"
              context={draft.context}
              text={draft.body}
              findings={current?.diagnostics}
              onChange={setBody}
              onSubmit={save}
            />
          </div>
          {latest && (
            <Problems
              label={say('template.problems')}
              text={latest.body}
              findings={latest.analysis.diagnostics}
              isStale={!current}
              onChange={setBody}
            />
          )}
          {latest && <Reads keys={latest.analysis.reads} isStale={!current} />}
          {live.error && (
            <Failure error={live.error} what={say('template.notChecked')} onRetry={live.retry} />
          )}
        </div>
        <Preview body={draft.body} context={draft.context} onChange={setBody} />
      </div>
      <Group className={styles.bar}>
        <ActionButton type="submit" variant="filled" loading={isBusy} disabledReason={reason}>
          {props.saveLabel}
        </ActionButton>
        {props.leave}
      </Group>
    </form>
  );
}
