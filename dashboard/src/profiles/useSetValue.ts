import { useState } from 'react';
import { useMutation } from 'urql';
import { failureText, problemText } from '../language/serverTexts';
import { useText } from '../language/useText';
import { toast } from '../page/toast';
import type { HeldValue } from './ProfileValues';
import { SetProfileAttributesMutation } from './queries';

interface SetValueOptions {
  profileId: string;
  attribute: string;
  label: string;
  /** The value before, to which Undo returns. */
  held: HeldValue | undefined;
}

/** Sets or unsets one value; answers whether it was taken. */
export function useSetValue({ profileId, attribute, label, held }: SetValueOptions) {
  const say = useText();
  const [{ fetching }, mutate] = useMutation(SetProfileAttributesMutation);
  const [problem, setProblem] = useState<string>();

  async function send(value: unknown): Promise<boolean> {
    const input = {
      id: profileId,
      attributes: [{ key: attribute, value }],
      idempotencyKey: crypto.randomUUID(),
    };
    const { data, error } = await mutate({ input });
    const refused = data?.setProfileAttributes.problems[0];
    setProblem(refused ? problemText(say, refused) : error && failureText(say, error));
    return !error && !refused;
  }

  async function set(value: unknown): Promise<boolean> {
    const before = held?.value ?? null;
    const isTaken = await send(value);
    if (isTaken) {
      toast({
        message: say(value === null ? 'profile.unsetDone' : 'profile.setDone', { label }),
        closeLabel: say('action.close'),
        undo: { label: say('action.undo'), run: () => send(before) },
      });
    }
    return isTaken;
  }

  return { set, isBusy: fetching, problem };
}
