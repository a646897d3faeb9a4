import { graphql } from '../generated/graphql';

export const SegmentsQuery = graphql(`
  query Segments($first: Int!, $after: String, $search: String) {
    segments(first: $first, after: $after, search: $search) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { id key name description ruleText count updatedAt }
    }
  }
`);

export const SegmentQuery = graphql(`
  query Segment($id: ID!) {
    segment(id: $id) {
      id
      key
      name
      description
      ruleText
      revision
      createdAt
      updatedAt
      count
    }
  }
`);

export const SegmentMembersQuery = graphql(`
  query SegmentMembers($id: ID!, $first: Int!, $after: String) {
    segment(id: $id) {
      id
      members(first: $first, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { enteredAt profile { id externalId updatedAt } }
      }
    }
  }
`);

export const SegmentTransitionsQuery = graphql(`
  query SegmentTransitions($id: ID!, $first: Int!, $after: String) {
    segment(id: $id) {
      id
      transitions(first: $first, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes {
          kind
          at
          profile { id externalId }
          change { source sourceId actor actorId attributes { key oldText newText isApplied } }
        }
      }
    }
  }
`);

export const SampleQuery = graphql(`
  query Sample($rule: RuleInput!, $keys: [String!]) {
    profiles(first: 5, rule: $rule) {
      totalCount
      nodes {
        id
        externalId
        attributes(keys: $keys) { key type isList value text }
      }
    }
  }
`);

export const CreateSegmentMutation = graphql(`
  mutation CreateSegment($input: CreateSegmentInput!) {
    createSegment(input: $input) {
      segment { id }
      problems { code path message }
    }
  }
`);

export const UpdateSegmentMutation = graphql(`
  mutation UpdateSegment($input: UpdateSegmentInput!) {
    updateSegment(input: $input) {
      segment { id name description ruleText revision updatedAt count }
      problems { code path message }
    }
  }
`);

export const DeleteSegmentMutation = graphql(`
  mutation DeleteSegment($input: DeleteSegmentInput!) {
    deleteSegment(input: $input) {
      problems { code path message }
    }
  }
`);
