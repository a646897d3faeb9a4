import { Alert, Button, Group, Text } from '@mantine/core';
import { useEffect } from 'react';
import type { CombinedError } from 'urql';
import { failureCode, indexProgress, requestId } from '../api/failure';
import { failureText } from '../language/serverTexts';
import { useText } from '../language/useText';
import { IconRefresh, IconWarning } from '../theme/icons';
import { IndexProgress } from './IndexProgress';

interface FailureProps {
  error: CombinedError;
  /** What could not be done, as a sentence. */
  what: string;
  onRetry?: () => void;
}

const INDEX_POLL_MS = 1000;

/** Not a failure yet: the answer comes once the index is loaded, and is asked for until then. */
function IndexLoading({ error, onRetry }: Pick<FailureProps, 'error' | 'onRetry'>) {
  useEffect(() => {
    if (!onRetry) return;
    const timer = setTimeout(onRetry, INDEX_POLL_MS);
    return () => clearTimeout(timer);
  });
  return <IndexProgress {...indexProgress(error)} />;
}

/** What failed, why, what to do, and the id under which the server logged it. */
export function Failure({ error, what, onRetry }: FailureProps) {
  const say = useText();
  const id = requestId(error);
  if (failureCode(error) === 'INDEX_LOADING') return <IndexLoading error={error} onRetry={onRetry} />;
  return (
    <Alert
      role="alert"
      color="red"
      variant="outline"
      title={what}
      icon={<IconWarning size={18} aria-hidden />}
      styles={{ title: { color: 'var(--at-bad)' }, root: { borderColor: 'var(--at-line)' } }}
    >
      <Text>{failureText(say, error)}</Text>
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
