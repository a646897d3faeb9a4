import { Alert, Button, Group, Text } from '@mantine/core';
import type { CombinedError } from 'urql';
import { type FailureCode, failureCode, failureMessage, requestId } from '../api/failure';
import type { TextId } from '../language/languages';
import { useText } from '../language/useText';
import { IconRefresh, IconWarning } from '../theme/icons';

/** Failures whose cause we know better than the server's one sentence can say. */
const OURS: Partial<Record<FailureCode, TextId>> = {
  NETWORK: 'failure.network',
  DENIED: 'failure.denied',
  UNAUTHENTICATED: 'failure.signedOut',
};

interface FailureProps {
  error: CombinedError;
  /** What could not be done, as a sentence. */
  what: string;
  onRetry?: () => void;
}

/** What failed, why, what to do, and the id under which the server logged it. */
export function Failure({ error, what, onRetry }: FailureProps) {
  const say = useText();
  const ours = OURS[failureCode(error)];
  const id = requestId(error);
  return (
    <Alert
      role="alert"
      color="red"
      variant="outline"
      title={what}
      icon={<IconWarning size={18} aria-hidden />}
      styles={{ title: { color: 'var(--at-bad)' }, root: { borderColor: 'var(--at-line)' } }}
    >
      <Text>{ours ? say(ours) : (failureMessage(error) ?? say('failure.internal'))}</Text>
      <Group mt="sm" gap="md">
        {onRetry && (
          <Button onClick={onRetry} leftSection={<IconRefresh size={14} aria-hidden />}>
            {say('action.retry')}
          </Button>
        )}
        {id && (
          <Text size="xs" c="dimmed">
            {say('failure.requestId')} <span className="mono">{id}</span>
          </Text>
        )}
      </Group>
    </Alert>
  );
}
