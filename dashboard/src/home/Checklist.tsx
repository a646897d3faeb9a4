import { CloseButton, Title } from '@mantine/core';
import { useState } from 'react';
import type { HomeQuery as Answer, Right } from '../generated/graphql/graphql';
import type { TextId } from '../language/languages';
import { useText } from '../language/useText';
import { TextLink } from '../page/links';
import { useViewer } from '../session/viewer';
import { IconDone } from '../theme/icons';
import classes from './home.module.css';

interface Step {
  label: TextId;
  about: TextId;
  to:
    | '/w/$workspace/imports'
    | '/w/$workspace/attributes/new-attribute'
    | '/w/$workspace/segments/new'
    | '/w/$workspace/templates/new'
    | '/w/$workspace/destinations/new';
  right: Right;
  isDone: (counts: Answer) => boolean;
}

const STEPS: readonly Step[] = [
  {
    label: 'home.step.import',
    about: 'home.step.importAbout',
    to: '/w/$workspace/imports',
    right: 'IMPORT',
    isDone: ({ profiles }) => profiles.totalCount > 0,
  },
  {
    label: 'home.step.attribute',
    about: 'home.step.attributeAbout',
    to: '/w/$workspace/attributes/new-attribute',
    right: 'EDIT_ATTRIBUTES',
    isDone: ({ attributes }) => attributes.totalCount > 0,
  },
  {
    label: 'home.step.segment',
    about: 'home.step.segmentAbout',
    to: '/w/$workspace/segments/new',
    right: 'EDIT_SEGMENTS',
    isDone: ({ segments }) => segments.totalCount > 0,
  },
  {
    label: 'home.step.template',
    about: 'home.step.templateAbout',
    to: '/w/$workspace/templates/new',
    right: 'EDIT_TEMPLATES',
    isDone: ({ templates }) => templates.totalCount > 0,
  },
  {
    label: 'home.step.destination',
    about: 'home.step.destinationAbout',
    to: '/w/$workspace/destinations/new',
    right: 'MANAGE_ENDPOINTS',
    isDone: ({ webhookEndpoints }) => webhookEndpoints.totalCount > 0,
  },
];

/** The first steps in a workspace, ticked as they are done. It goes when all are, or when it is sent away. */
export function Checklist({ counts }: { counts: Answer }) {
  const say = useText();
  const { rights, workspace } = useViewer();
  const storageKey = `attrium.checklist.${workspace.key}`;
  const [isHidden, setHidden] = useState(() => localStorage.getItem(storageKey) === 'hidden');
  const steps = STEPS.filter(({ right }) => rights.includes(right));
  const done = steps.filter(({ isDone }) => isDone(counts)).length;
  if (isHidden || done === steps.length) return null;

  function hide() {
    localStorage.setItem(storageKey, 'hidden');
    setHidden(true);
  }

  return (
    <section className={classes.checklist} data-testid="home-checklist">
      <header className={classes.checklistHead}>
        <Title order={2}>{say('home.first')}</Title>
        <span className="muted" role="status">
          {say('home.done', { done, count: steps.length })}
        </span>
        <CloseButton size="sm" aria-label={say('home.hide')} title={say('home.hide')} onClick={hide} />
      </header>
      <ol className={classes.steps}>
        {steps.map(({ label, about, to, isDone }) => (
          <li key={label} className={classes.step} data-done={isDone(counts) || undefined}>
            <span className={classes.tick}>{isDone(counts) && <IconDone size={18} aria-hidden />}</span>
            <div>
              <TextLink to={to} params={{ workspace: workspace.key }}>
                {say(label)}
              </TextLink>
              {isDone(counts) && <span className="spoken"> {say('home.isDone')}</span>}
              <div className="muted">{say(about)}</div>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
