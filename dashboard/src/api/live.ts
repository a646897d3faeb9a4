import type { Client as Socket } from 'graphql-ws';
import type { SubscriptionForwarder } from 'urql';
import { csrfToken } from './csrf';

export interface LiveStatus {
  /** Whether events arrive. */
  isLive: boolean;
  /** When they last did; null before the first connection. */
  lastLiveAt: number | null;
  /** How many connections there were: with each, events before it may have been missed. */
  connections: number;
}

interface LiveOptions {
  workspace: string;
  /** The server lets this viewer in no longer. */
  onRefused: () => void;
}

const REFUSED = 4403;
const RETRY_MS = 1000;
const RETRY_MS_MAX = 20_000;
/** Between two pages that listen the socket stays open. */
const UNUSED_MS = 3000;

/** The socket over which the server tells what happens. It is open while something is listened to, and opened again for ever. */
export class Live {
  private socket: Promise<Socket> | undefined;
  private readonly listeners = new Set<() => void>();
  private status: LiveStatus = { isLive: false, lastLiveAt: null, connections: 0 };

  constructor(private readonly options: LiveOptions) {}

  /** Hands the subscriptions of the API's client to the socket. */
  readonly forward: SubscriptionForwarder = ({ query = '', variables, operationName }) => ({
    subscribe: (sink) => {
      const request = { query, variables: variables as Record<string, unknown>, operationName };
      let isEnded = false;
      let end = () => {};
      this.socket ??= this.open();
      this.socket.then((socket) => {
        if (!isEnded) end = socket.subscribe(request, sink);
      }, sink.error);
      return {
        unsubscribe: () => {
          isEnded = true;
          end();
        },
      };
    },
  });

  /** The library comes late: no page waits for it. */
  private async open(): Promise<Socket> {
    const { createClient } = await import('graphql-ws');
    return createClient({
      url: () => `${window.location.origin.replace(/^http/, 'ws')}/graphql/ws`,
      connectionParams: () => ({ csrfToken: csrfToken(), workspace: this.options.workspace }),
      lazyCloseTimeout: UNUSED_MS,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      retryWait: (retries) => wait(retryDelay(retries, Math.random())),
      on: {
        connected: () =>
          this.set({ isLive: true, lastLiveAt: Date.now(), connections: this.status.connections + 1 }),
        closed: (event) => {
          if (this.status.isLive) this.set({ ...this.status, isLive: false, lastLiveAt: Date.now() });
          if ((event as CloseEvent).code === REFUSED) this.options.onRefused();
        },
      },
    });
  }

  readonly listen = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  readonly current = () => this.status;

  private set(status: LiveStatus) {
    this.status = status;
    for (const tell of this.listeners) tell();
  }
}

const wait = (delay_ms: number) => new Promise<void>((resolve) => setTimeout(resolve, delay_ms));

/** Twice as long each time, up to a bound; spread by chance, so that a server that returns is not met by everyone at once. */
export function retryDelay(retries: number, chance: number): number {
  return Math.min(RETRY_MS * 2 ** retries, RETRY_MS_MAX) * (0.5 + chance / 2);
}
