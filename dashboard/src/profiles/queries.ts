import { graphql } from '../generated/graphql';

export const ProfilePageQuery = graphql(`
  query Profiles($first: Int!, $after: String, $rule: RuleInput, $search: String, $keys: [String!]) {
    profiles(first: $first, after: $after, rule: $rule, search: $search) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id
        externalId
        updatedAt
        attributes(keys: $keys) { key type isList value text }
      }
    }
  }
`);

export const ProfileQuery = graphql(`
  query Profile($id: ID!) {
    profile(id: $id) {
      id
      externalId
      version
      createdAt
      updatedAt
      attributes { key type isList value text source sourceId occurredAt }
    }
  }
`);

export const ProfileMembershipsQuery = graphql(`
  query ProfileMemberships($id: ID!, $first: Int!, $after: String) {
    profile(id: $id) {
      id
      memberships(first: $first, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { enteredAt segment { id name } }
      }
    }
  }
`);

export const ProfileTransitionsQuery = graphql(`
  query ProfileTransitions($id: ID!, $first: Int!, $after: String) {
    profile(id: $id) {
      id
      transitions(first: $first, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes {
          kind
          at
          segment { id name }
          change { source sourceId actor actorId attributes { key oldText newText isApplied } }
        }
      }
    }
  }
`);

export const ProfileHistoryQuery = graphql(`
  query ProfileHistory($id: ID!, $first: Int!, $after: String, $key: String) {
    profile(id: $id) {
      id
      history(first: $first, after: $after, key: $key) {
        nodes {
          sequence
          version
          kind
          source
          sourceId
          actor
          actorId
          occurredAt
          recordedAt
          attributes { key oldText newText isApplied }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export const SetProfileAttributesMutation = graphql(`
  mutation SetProfileAttributes($input: SetProfileAttributesInput!) {
    setProfileAttributes(input: $input) {
      profile {
        id
        version
        updatedAt
        attributes { key type isList value text source sourceId occurredAt }
      }
      problems { code path message }
    }
  }
`);
