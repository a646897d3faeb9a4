import { graphql } from '../generated/graphql';

export const ProfileChangedSubscription = graphql(`
  subscription ProfileChanged($id: ID!) {
    profileChanged(id: $id) {
      profile {
        id
        version
        updatedAt
        attributes { key type isList value text source sourceId occurredAt }
      }
      change { sequence }
      transition { at }
    }
  }
`);

export const SegmentChangedSubscription = graphql(`
  subscription SegmentChanged($id: ID!) {
    segmentChanged(id: $id) {
      segment { id count }
      entered
      left
    }
  }
`);

export const ImportProgressSubscription = graphql(`
  subscription ImportProgress($id: ID!) {
    importProgress(id: $id) {
      id
      state
      rowsTotal
      rowsDone
      rowsRejected
      finishedAt
      failure
      createdAttributes { id key label }
    }
  }
`);
