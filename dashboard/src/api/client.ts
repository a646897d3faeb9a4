import { Client, fetchExchange, mapExchange, subscriptionExchange } from 'urql';
import { cache } from './cache';
import { csrfToken } from './csrf';
import { failureCode } from './failure';
import type { Live } from './live';
import type { QueryLog } from './queryLog';

export interface ClientOptions {
  /** The workspace every request is about; absent before one is chosen. */
  workspace?: string;
  /** Keeps the page's queries, so that a developer can copy them. */
  log?: QueryLog;
  /** Carries subscriptions. */
  live?: Live;
  /** The session ended, or never was. */
  onSignedOut?: () => void;
}

/** One client per workspace: nothing of one tenant can be found in the cache of another. */
export function createClient({ workspace, log, live, onSignedOut }: ClientOptions): Client {
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    exchanges: [
      mapExchange({
        onOperation: (operation) => log?.add(operation),
        onError: (error) => {
          if (failureCode(error) === 'UNAUTHENTICATED') onSignedOut?.();
        },
      }),
      cache(),
      fetchExchange,
      ...(live ? [subscriptionExchange({ forwardSubscription: live.forward })] : []),
    ],
    fetchOptions: () => {
      const headers: Record<string, string> = {};
      const token = csrfToken();
      if (token) headers['X-CSRF-Token'] = token;
      if (workspace) headers['X-Attrium-Workspace'] = workspace;
      return { headers, credentials: 'same-origin' };
    },
  });
}
