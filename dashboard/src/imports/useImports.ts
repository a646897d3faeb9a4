import { usePages } from '../table/usePages';
import { ImportsQuery } from './queries';

const PAGE = 25;

/** Imports, newest first. */
export function useImports() {
  return usePages(ImportsQuery, { first: PAGE }, ({ imports }) => imports);
}
