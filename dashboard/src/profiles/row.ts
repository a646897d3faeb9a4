import type { ProfilesQuery } from '../generated/graphql/graphql';

/** One person in the list: only what its columns show. */
export type ProfileRow = ProfilesQuery['profiles']['nodes'][number];
