import { Button, CopyButton, Group, Title } from '@mantine/core';
import { useText } from '../language/useText';
import classes from './destinations.module.css';

/** A secret, in the only moment it can be read. */
export function SecretOnce({ secret }: { secret: string }) {
  const say = useText();
  return (
    <section className={classes.panel} aria-label={say('destination.secret')}>
      <Title order={2}>{say('destination.secret')}</Title>
      <p>{say('destination.secretAbout')}</p>
      <Group gap="sm">
        <code className={`mono ${classes.secret}`} data-testid="secret">
          {secret}
        </code>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button onClick={copy}>{say(copied ? 'action.copied' : 'action.copy')}</Button>
          )}
        </CopyButton>
      </Group>
    </section>
  );
}
