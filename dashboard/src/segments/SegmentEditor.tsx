import { Alert, Group, TextInput, Title } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import type { CombinedError } from 'urql';
import { focusProblem, otherProblems, type Problem, problemOf } from '../api/problems';
import { useText } from '../language/useText';
import { ActionButton } from '../page/ActionButton';
import { Failure } from '../page/Failure';
import styles from '../page/Form.module.css';
import { RuleCount } from '../rules/RuleCount';
import { RuleEditor } from '../rules/RuleEditor';
import { RuleNodes } from '../rules/RuleNodes';
import { RuleProblems } from '../rules/RuleProblems';
import { RuleSentence } from '../rules/RuleSentence';
import { useRuleAnalysis } from '../rules/useRuleAnalysis';
import { Sample } from './Sample';
import classes from './segments.module.css';

export interface SegmentDraft {
  name: string;
  description: string;
  rule: string;
}

interface SegmentEditorProps {
  draft: SegmentDraft;
  /** Why there is nothing to save. */
  nothingToSave?: string | false;
  problems: readonly Problem[];
  error: CombinedError | undefined;
  isBusy: boolean;
  saveLabel: string;
  /** Beside Save: how to leave without saving. */
  leave: ReactNode;
  onChange: (draft: SegmentDraft) => void;
  onSave: () => void;
}

const FIELDS = ['name', 'description', 'rule'];

/** Name and rule of a segment, with the audience always in view: how many, where the loss is, and who. */
export function SegmentEditor(props: SegmentEditorProps) {
  const { draft, problems, error, isBusy, onChange, onSave } = props;
  const say = useText();
  const form = useRef<HTMLFormElement>(null);
  const live = useRuleAnalysis(draft.rule);
  const { current, counted } = live;
  const isStale = counted?.analysis !== current;
  const setRule = (rule: string) => onChange({ ...draft, rule });
  const reason = whyNot();

  useEffect(() => focusProblem(form.current, problems), [problems]);

  function whyNot(): string | false | undefined {
    if (draft.name.trim() === '') return say('segment.nameNeeded');
    if (draft.rule.trim() === '') return say('segment.ruleNeeded');
    if (current && !current.isValid) return say('segment.ruleBroken');
    return props.nothingToSave;
  }

  function save() {
    if (!reason) onSave();
  }

  function onKeyDown(event: KeyboardEvent) {
    if ((event.ctrlKey || event.metaKey) && event.key === 'Enter' && !event.defaultPrevented) save();
  }

  const others = [...otherProblems(say, problems, FIELDS), problemOf(say, problems, 'rule')].filter(
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
      {error && <Failure error={error} what={say('segment.notSaved')} />}
      <div className={styles.names}>
        <TextInput
          name="name"
          size="xs"
          autoFocus={draft.name === ''}
          label={say('segments.name')}
          value={draft.name}
          error={problemOf(say, problems, 'name')}
          onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
        />
        <TextInput
          name="description"
          size="xs"
          label={say('segment.description')}
          value={draft.description}
          error={problemOf(say, problems, 'description')}
          onChange={(event) => onChange({ ...draft, description: event.currentTarget.value })}
        />
      </div>
      <div className={classes.builder}>
        <div className={styles.form}>
          <div>
            <span className={styles.fieldLabel}>{say('segments.rule')}</span>
            <RuleEditor
              label={say('segments.rule')}
              placeholder={say('segment.rulePlaceholder')}
              minHeight="132px"
              text={draft.rule}
              findings={current?.diagnostics}
              onChange={setRule}
              onSubmit={save}
            />
          </div>
          <RuleProblems answer={live.latest} isStale={!current} onChange={setRule} />
          <RuleSentence answer={live.latest} className={classes.sentence} />
        </div>
        <section className={classes.side} aria-label={say('segments.people')}>
          <Title order={2} size="h3">
            {say('segments.people')}
          </Title>
          <RuleCount live={live} text={draft.rule} />
        </section>
      </div>
      {live.error && <Failure error={live.error} what={say('rule.failed')} onRetry={live.retry} />}
      {counted && <RuleNodes {...counted} isStale={isStale} />}
      {counted && <Sample analysis={counted.analysis} isStale={isStale} />}
      <Group className={styles.bar}>
        <ActionButton type="submit" variant="filled" loading={isBusy} disabledReason={reason}>
          {props.saveLabel}
        </ActionButton>
        {props.leave}
      </Group>
    </form>
  );
}
