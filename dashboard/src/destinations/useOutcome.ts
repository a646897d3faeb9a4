import { useCallback } from 'react';
import type { CombinedError } from 'urql';
import type { Problem } from '../api/problems';
import { failureText, problemText } from '../language/serverTexts';
import { useText } from '../language/useText';
import { toast } from '../page/toast';

interface Outcome {
  problems: readonly Problem[] | undefined;
  error: CombinedError | undefined;
}

/** Says what came of an action: `done`, or why not. Answers whether it was done. */
export function useOutcome() {
  const say = useText();
  return useCallback(
    ({ problems, error }: Outcome, done?: string): boolean => {
      const [refused] = problems ?? [];
      const reason = refused ? problemText(say, refused) : error && failureText(say, error);
      const message = reason ?? done;
      if (message) toast({ message, closeLabel: say('action.close') });
      return !reason;
    },
    [say],
  );
}
