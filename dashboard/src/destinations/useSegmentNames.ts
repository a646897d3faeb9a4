import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { useText } from '../language/useText';
import { SegmentNameQuery } from './queries';

/** The names of segments. One that was deleted says so; one not read yet is missing. */
export function useSegmentNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const say = useText();
  const client = useClient();
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const asked = ids.join();

  useEffect(() => {
    let isCurrent = true;
    const read = async (id: string): Promise<[string, string]> => {
      const answer = await client
        .query(SegmentNameQuery, { id }, { requestPolicy: 'cache-first' })
        .toPromise();
      const isGone = answer.data && !answer.data.segment;
      return [id, answer.data?.segment?.name ?? (isGone ? say('destination.segmentGone') : id)];
    };
    Promise.all(asked.split(',').filter(Boolean).map(read)).then((read) => {
      if (isCurrent) setNames(new Map(read));
    });
    return () => {
      isCurrent = false;
    };
  }, [client, say, asked]);

  return names;
}
