import { graphql } from '../generated/graphql';

export const HomeQuery = graphql(`
  query Home {
    profiles(first: 1) { totalCount }
    segments(first: 1) { totalCount }
    attributes(first: 1) { totalCount }
    templates(first: 1) { totalCount }
    webhookEndpoints(first: 50) {
      totalCount
      nodes {
        id
        name
        state
        stoppedAt
        health { failuresInARow failingSince }
        givenUp: deliveries(first: 1, status: FAILED) { totalCount }
      }
    }
    imports(first: 25) {
      totalCount
      nodes { id name state rowsRejected createdAt finishedAt }
    }
  }
`);

export const LatestChangesQuery = graphql(`
  query LatestChanges($first: Int!) {
    changes(first: $first) {
      nodes {
        sequence
        kind
        source
        sourceId
        actor
        actorId
        recordedAt
        attributes { key oldText newText isApplied }
        profile { id externalId }
      }
    }
  }
`);

export const ActivitySubscription = graphql(`
  subscription HomeActivity {
    activity { transition { at } }
  }
`);
