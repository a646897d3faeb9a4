import { Button } from '@mantine/core';
import { useMutation } from 'urql';
import { useText } from '../language/useText';
import type { DestinationDetail } from './DestinationPage';
import { PauseDestinationMutation, ResumeDestinationMutation } from './queries';
import { useOutcome } from './useOutcome';

/** Pauses what is active, and resumes whatever is not. */
export function PauseButton({ destination: { id, state } }: { destination: DestinationDetail }) {
  const say = useText();
  const tell = useOutcome();
  const [pausing, pause] = useMutation(PauseDestinationMutation);
  const [resuming, resume] = useMutation(ResumeDestinationMutation);

  async function stop() {
    const { data, error } = await pause({ input: { id } });
    tell({ problems: data?.pauseWebhookEndpoint.problems, error }, say('destination.paused'));
  }

  async function start() {
    const { data, error } = await resume({ input: { id } });
    tell({ problems: data?.resumeWebhookEndpoint.problems, error }, say('destination.resumed'));
  }

  return state === 'ACTIVE' ? (
    <Button loading={pausing.fetching} onClick={stop}>
      {say('destination.pause')}
    </Button>
  ) : (
    <Button variant="filled" loading={resuming.fetching} onClick={start}>
      {say('destination.resume')}
    </Button>
  );
}
