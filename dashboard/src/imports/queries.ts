import { graphql } from '../generated/graphql';

export const ImportsQuery = graphql(`
  query Imports($first: Int!, $after: String) {
    imports(first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { id name state rowsTotal rowsDone rowsRejected createdAt finishedAt failure }
    }
  }
`);

export const ImportQuery = graphql(`
  query Import($id: ID!) {
    import(id: $id) {
      id
      name
      state
      rowsTotal
      rowsDone
      rowsRejected
      createdAt
      finishedAt
      failure
      createdAttributes { id key label }
      rejects(first: 100) {
        nodes { line column reason }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export const StartImportMutation = graphql(`
  mutation StartImport($input: StartImportInput!) {
    startImport(input: $input) {
      import { id }
      problems { code path message }
    }
  }
`);
