import { type Operation, stringifyDocument } from 'urql';

export interface LoggedQuery {
  name: string;
  text: string;
  variables: Record<string, unknown>;
}

/** The queries of the page in view, the last variables of each; emptied when another page opens. */
export class QueryLog {
  private readonly queries = new Map<string, Operation>();

  add(operation: Operation) {
    const definition = operation.query.definitions.find((part) => part.kind === 'OperationDefinition');
    const name = definition && 'name' in definition ? definition.name?.value : undefined;
    if (operation.kind !== 'teardown' && name && name !== 'Viewer') this.queries.set(name, operation);
  }

  clear() {
    this.queries.clear();
  }

  list(): LoggedQuery[] {
    return [...this.queries].map(([name, operation]) => ({
      name,
      text: stringifyDocument(operation.query),
      variables: operation.variables as Record<string, unknown>,
    }));
  }
}
