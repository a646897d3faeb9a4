import type { HomeQuery as Answer } from '../generated/graphql/graphql';

/** Something that does not mend itself. */
export type Need =
  | { kind: 'stopped'; id: string; name: string; state: 'PAUSED' | 'FAILING' | 'GONE'; since: string | null }
  | { kind: 'unwell'; id: string; name: string; failures: number; since: string | null }
  | { kind: 'givenUp'; id: string; name: string; count: number; since: null }
  | { kind: 'importFailed'; id: string; name: string; since: string }
  | { kind: 'rowsRefused'; id: string; name: string; count: number; since: string };

type Destination = Answer['webhookEndpoints']['nodes'][number];
type Import = Answer['imports']['nodes'][number];

/** An import is news for a week; what it refused stays on its own page. */
const IMPORT_NEWS_MS = 7 * 24 * 60 * 60 * 1000;

/** What needs a hand: what has stopped first, then what fails, then what was refused. */
export function needsOf({ webhookEndpoints, imports }: Answer, now: number): Need[] {
  const destinations = webhookEndpoints.nodes;
  const recent = imports.nodes.filter((one) => now - Date.parse(one.createdAt) < IMPORT_NEWS_MS);
  return [
    ...destinations.flatMap(stopped),
    ...destinations.flatMap(unwell),
    ...destinations.flatMap(givenUp),
    ...recent.flatMap(ofImport),
  ];
}

function stopped({ id, name, state, stoppedAt }: Destination): Need[] {
  if (state === 'ACTIVE') return [];
  return [{ kind: 'stopped', id, name, state, since: stoppedAt ?? null }];
}

function unwell({ id, name, state, health }: Destination): Need[] {
  if (state !== 'ACTIVE' || health.failuresInARow === 0) return [];
  return [{ kind: 'unwell', id, name, failures: health.failuresInARow, since: health.failingSince ?? null }];
}

function givenUp({ id, name, givenUp }: Destination): Need[] {
  return givenUp.totalCount === 0
    ? []
    : [{ kind: 'givenUp', id, name, count: givenUp.totalCount, since: null }];
}

function ofImport({ id, name, state, rowsRejected, createdAt, finishedAt }: Import): Need[] {
  const since = finishedAt ?? createdAt;
  if (state === 'FAILED') return [{ kind: 'importFailed', id, name, since }];
  const count = Number(rowsRejected);
  return count === 0 ? [] : [{ kind: 'rowsRefused', id, name, count, since }];
}
