import { graphql } from '../generated/graphql';

export const AttributeQuery = graphql(`
  query Attribute($key: String!) {
    attribute(key: $key) {
      id
      key
      label
      description
      type
      isList
      privacyClass
      revision
      createdAt
      updatedAt
      filledCount
      format { kind options isOpen }
      topValues(first: 10) { value text count }
    }
    profiles(first: 1) { totalCount }
  }
`);

export const UsedByQuery = graphql(`
  query UsedBy($key: String!, $first: Int!, $after: String) {
    attribute(key: $key) {
      id
      usedBy(first: $first, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { id name }
      }
    }
  }
`);

export const CreateAttributeMutation = graphql(`
  mutation CreateAttribute($input: CreateAttributeInput!) {
    createAttribute(input: $input) {
      attribute { id key }
      problems { code path message }
    }
  }
`);

export const UpdateAttributeMutation = graphql(`
  mutation UpdateAttribute($input: UpdateAttributeInput!) {
    updateAttribute(input: $input) {
      attribute {
        id
        label
        description
        privacyClass
        revision
        updatedAt
        format { kind options isOpen }
      }
      problems { code path message }
    }
  }
`);
