import { Button, Group, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useClient, useMutation } from 'urql';
import type { ReplayDeliveriesInput } from '../generated/graphql/graphql';
import { failureText, problemText } from '../language/serverTexts';
import { useText } from '../language/useText';
import { ActionButton } from '../page/ActionButton';
import { ReplayMutation } from './queries';
import { useOutcome } from './useOutcome';

interface ReplayProps {
  id: string;
  onReplayed: () => void;
}

const STATUSES = ['FAILED', 'DELIVERED'] as const;
const QUIET_MS = 200;
const DAY_MS = 86_400_000;

/** Sends again what was made in a span of time. How many these are is in view before anything is sent. */
export function Replay({ id, onReplayed }: ReplayProps) {
  const say = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)} data-testid="replay">
        {say('destination.replay')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={say('destination.replay')}
        closeButtonProps={{ 'aria-label': say('action.close') }}
      >
        <ReplayForm
          id={id}
          onDone={(isSent) => {
            setOpen(false);
            if (isSent) onReplayed();
          }}
        />
      </Modal>
    </>
  );
}

function ReplayForm({ id, onDone }: { id: string; onDone: (isSent: boolean) => void }) {
  const say = useText();
  const tell = useOutcome();
  const [from, setFrom] = useState(() => localTime(Date.now() - DAY_MS));
  const [to, setTo] = useState('');
  const [status, setStatus] = useState<(typeof STATUSES)[number]>('FAILED');
  const input = { endpointId: id, from: instant(from), to: instant(to), status };
  const { count, reason } = useReplayCount(input);
  const [{ fetching }, replay] = useMutation(ReplayMutation);

  async function send() {
    const { data, error } = await replay({ input });
    const done = say('destination.replayed', { count: data?.replayDeliveries.count ?? 0 });
    onDone(tell({ problems: data?.replayDeliveries.problems, error }, done));
  }

  const words = count === null ? say('state.counting') : say('destination.replayReach', { count });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (count) send();
      }}
    >
      <Group grow align="flex-start">
        <TextInput
          type="datetime-local"
          size="xs"
          label={say('destination.replayFrom')}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          size="xs"
          label={say('destination.replayTo')}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </Group>
      <p className="muted">
        {say('destination.replayZone', { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}
      </p>
      <NativeSelect
        size="xs"
        label={say('delivery.status')}
        data={STATUSES.map((value) => ({ value, label: say(`deliveryStatus.${value}`) }))}
        value={status}
        onChange={(event) => setStatus(event.currentTarget.value as (typeof STATUSES)[number])}
      />
      <p role="status" data-testid="replay-count">
        {reason ?? words}
      </p>
      <Group justify="flex-end" mt="lg">
        <Button onClick={() => onDone(false)}>{say('action.cancel')}</Button>
        <ActionButton
          type="submit"
          variant="filled"
          loading={fetching}
          disabledReason={!count && (reason ?? words)}
        >
          {say('destination.replaySend', { count: count ?? 0 })}
        </ActionButton>
      </Group>
    </form>
  );
}

interface ReplayCount {
  /** How many would be sent; null while that is not known. */
  count: number | null;
  /** Why it cannot be known. */
  reason?: string;
}

/** Counts what would be sent, shortly after the last change; the latest answer wins. */
function useReplayCount(input: ReplayDeliveriesInput): ReplayCount {
  const say = useText();
  const client = useClient();
  const [counted, setCounted] = useState<ReplayCount & { asked?: string }>({ count: null });
  const asked = JSON.stringify(input);

  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const input = { ...JSON.parse(asked), isDryRun: true };
      const { data, error } = await client.mutation(ReplayMutation, { input }).toPromise();
      if (!isCurrent) return;
      const [problem] = data?.replayDeliveries.problems ?? [];
      const reason = problem ? problemText(say, problem) : error && failureText(say, error);
      setCounted({ asked, count: data?.replayDeliveries.count ?? null, reason });
    }, QUIET_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [client, say, asked]);

  return counted.asked === asked ? counted : { count: null };
}

/** An instant as its field takes it: the time of this device, without a zone. */
function localTime(at_ms: number): string {
  const offset_ms = new Date(at_ms).getTimezoneOffset() * 60_000;
  return new Date(at_ms - offset_ms).toISOString().slice(0, 16);
}

/** The instant that a field names; absent while it names none. */
function instant(local: string): string | undefined {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
