import { Client, fetchExchange, mapExchange } from 'urql';
import { cache } from './cache';
import { csrfToken } from './csrf';
import { failureCode } from './failure';
import type { QueryLog } from './queryLog';

interface ClientOptions {
  /** The workspace every request is about; absent before one is chosen. */
  workspace?: string;
  /** Keeps the page's queries, so that a developer can copy them. */
  log?: QueryLog;
  /** The session ended, or never was. */
  onSignedOut?: () => void;
}

/** One client per workspace: nothing of one tenant can be found in the cache of another. */
export function createClient({ workspace, log, onSignedOut }: ClientOptions): Client {
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
