import { Button } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from 'urql';
import { useText } from '../language/useText';
import { Confirm } from '../page/Confirm';
import { ReplayMutation } from './queries';
import { useOutcome } from './useOutcome';

interface ReplayFailedProps {
  id: string;
  onReplayed: () => void;
}

/** Sends everything again that was given up. It counts first, and says so. */
export function ReplayFailed({ id, onReplayed }: ReplayFailedProps) {
  const say = useText();
  const tell = useOutcome();
  const [{ fetching }, replay] = useMutation(ReplayMutation);
  const [count, setCount] = useState<number | null>(null);

  async function ask() {
    const { data, error } = await replay({ input: { endpointId: id, isDryRun: true } });
    const found = data?.replayDeliveries.count ?? 0;
    const nothing = found === 0 ? say('destination.nothingFailed') : undefined;
    if (tell({ problems: data?.replayDeliveries.problems, error }, nothing) && found > 0) setCount(found);
  }

  async function confirm() {
    const { data, error } = await replay({ input: { endpointId: id } });
    setCount(null);
    const done = say('destination.replayed', { count: data?.replayDeliveries.count ?? 0 });
    if (tell({ problems: data?.replayDeliveries.problems, error }, done)) onReplayed();
  }

  return (
    <>
      <Button loading={fetching && count === null} onClick={ask}>
        {say('destination.replay')}
      </Button>
      <Confirm
        isOpen={count !== null}
        title={say('destination.replay')}
        reach={say('destination.replayReach', { count: count ?? 0 })}
        action={say('destination.replay')}
        isBusy={fetching}
        onConfirm={confirm}
        onClose={() => setCount(null)}
      />
    </>
  );
}
