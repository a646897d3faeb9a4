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
      memberships { enteredAt segment { id name } }
      transitions(first: 20) {
        nodes { kind at segment { id name } }
        pageInfo { hasNextPage endCursor }
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
          actor
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
