import { graphql } from '../generated/graphql';

export const SearchQuery = graphql(`
  query Search($text: String!, $first: Int!) {
    search(text: $text, first: $first) {
      fit
      node {
        __typename
        ... on Attribute { id key label }
        ... on Profile { id externalId }
        ... on Segment { id key name }
        ... on Template { id key name }
        ... on WebhookEndpoint { id name url }
      }
    }
  }
`);
