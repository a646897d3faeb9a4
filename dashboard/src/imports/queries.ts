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
    }
  }
`);

export const ImportRejectsQuery = graphql(`
  query ImportRejects($id: ID!, $first: Int!, $after: String) {
    import(id: $id) {
      id
      rejects(first: $first, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { line column reason }
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
