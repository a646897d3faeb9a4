import type { CombinedError } from 'urql';

/** The closed set of codes an error at the top of an answer carries. */
export type FailureCode =
  | 'INVALID'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'DENIED'
  | 'UNAUTHENTICATED'
  | 'TOO_MANY'
  | 'UNAVAILABLE'
  | 'INDEX_LOADING'
  | 'INTERNAL'
  | 'NETWORK';

/** Why a query has no answer; `NETWORK` when the server was not reached at all. */
export function failureCode(error: CombinedError): FailureCode {
  const code = error.graphQLErrors[0]?.extensions?.code;
  if (typeof code === 'string') return code as FailureCode;
  return error.response?.status === 401 ? 'UNAUTHENTICATED' : error.networkError ? 'NETWORK' : 'INTERNAL';
}

/** The server's own words, written for people. Null when it was not reached. */
export function failureMessage(error: CombinedError): string | null {
  return error.graphQLErrors[0]?.message ?? null;
}

/** How far the audience index is, when an answer has to wait for it. */
export function indexProgress(error: CombinedError): { loadedProfiles: number; totalProfiles: number } {
  const { loadedProfiles, totalProfiles } = error.graphQLErrors[0]?.extensions ?? {};
  return {
    loadedProfiles: typeof loadedProfiles === 'number' ? loadedProfiles : 0,
    totalProfiles: typeof totalProfiles === 'number' ? totalProfiles : 0,
  };
}

/** What an operator needs to find this request in the server's log. */
export function requestId(error: CombinedError): string | null {
  const response = error.response as Response | undefined;
  const extension = error.graphQLErrors[0]?.extensions?.requestId;
  return response?.headers?.get('x-request-id') ?? (typeof extension === 'string' ? extension : null);
}
