import { useQuery } from 'urql';
import { graphql } from '../generated/graphql';

const ProfileTotalQuery = graphql(`
  query ProfileTotal {
    profiles(first: 1) { totalCount }
  }
`);

/** How many people there are: the whole that fill rates are parts of. Null until it is known. */
export function useProfileTotal(): number | null {
  const [{ data }] = useQuery({ query: ProfileTotalQuery });
  return data?.profiles.totalCount ?? null;
}
