import { Button, Title } from '@mantine/core';
import { useMutation } from 'urql';
import { ResumeDestinationMutation } from '../destinations/queries';
import { useOutcome } from '../destinations/useOutcome';
import type { HomeQuery as Answer } from '../generated/graphql/graphql';
import { useText } from '../language/useText';
import { ButtonLink, TextLink } from '../page/links';
import { useRight, useWorkspace } from '../session/viewer';
import { IconDone } from '../theme/icons';
import { TimeText } from '../values/TimeText';
import { useNow } from '../values/useNow';
import classes from './home.module.css';
import { type Need, needsOf } from './needs';

/** What does not mend itself, each with its cure beside it. */
export function Needs({ answer }: { answer: Answer }) {
  const say = useText();
  const needs = needsOf(answer, useNow());
  return (
    <section data-testid="home-needs">
      <Title order={2} className={classes.sectionTitle}>
        {say('home.needs')}
      </Title>
      {needs.length === 0 ? (
        <p className={classes.calm}>
          <IconDone size={16} aria-hidden />
          {say('home.needsNothing')}
        </p>
      ) : (
        <ul className={classes.list}>
          {needs.map((need) => (
            <li key={`${need.kind} ${need.id}`} className={classes.need} data-bad={isBad(need) || undefined}>
              <div className={classes.what}>
                <NeedLink need={need} />
                <div className="muted">
                  <NeedText need={need} />
                  {need.since && (
                    <>
                      {' · '}
                      <TimeText at={need.since} />
                    </>
                  )}
                </div>
              </div>
              <Cure need={need} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function isBad(need: Need): boolean {
  return need.kind !== 'rowsRefused' && !(need.kind === 'stopped' && need.state === 'PAUSED');
}

function isOfImport({ kind }: Need): boolean {
  return kind === 'importFailed' || kind === 'rowsRefused';
}

function NeedLink({ need }: { need: Need }) {
  const { key: workspace } = useWorkspace();
  const { id, name } = need;
  return isOfImport(need) ? (
    <TextLink to="/w/$workspace/imports/$id" params={{ workspace, id }}>
      {name}
    </TextLink>
  ) : (
    <TextLink to="/w/$workspace/destinations/$id" params={{ workspace, id }} search={{}}>
      {name}
    </TextLink>
  );
}

function NeedText({ need }: { need: Need }) {
  const say = useText();
  switch (need.kind) {
    case 'stopped':
      return say(`home.destination.${need.state}`);
    case 'unwell':
      return say('home.unwell', { count: need.failures });
    case 'givenUp':
      return say('home.givenUp', { count: need.count });
    case 'importFailed':
      return say('home.importFailed');
    case 'rowsRefused':
      return say('home.rowsRefused', { count: need.count });
  }
}

/** What helps, one click away; whoever may not do it is shown where to look. */
function Cure({ need }: { need: Need }) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const mayManage = useRight('MANAGE_ENDPOINTS');
  const { id, name } = need;
  if (isOfImport(need)) {
    return (
      <ButtonLink
        to="/w/$workspace/imports/$id"
        params={{ workspace, id }}
        aria-label={`${say('home.look')}: ${name}`}
      >
        {say('home.look')}
      </ButtonLink>
    );
  }
  if (need.kind === 'stopped' && mayManage) return <Resume id={id} name={name} />;
  const status = need.kind === 'givenUp' ? ('FAILED' as const) : undefined;
  return (
    <ButtonLink
      to="/w/$workspace/destinations/$id"
      params={{ workspace, id }}
      search={{ status }}
      aria-label={`${say('home.look')}: ${name}`}
    >
      {say('home.look')}
    </ButtonLink>
  );
}

function Resume({ id, name }: { id: string; name: string }) {
  const say = useText();
  const tell = useOutcome();
  const [{ fetching }, resume] = useMutation(ResumeDestinationMutation);

  async function start() {
    const { data, error } = await resume({ input: { id } });
    tell({ problems: data?.resumeWebhookEndpoint.problems, error }, say('destination.resumed'));
  }

  return (
    <Button loading={fetching} onClick={start} aria-label={`${say('destination.resume')}: ${name}`}>
      {say('destination.resume')}
    </Button>
  );
}
