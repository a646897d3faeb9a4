import { createContext, useContext } from 'react';
import type { Right, ViewerQuery } from '../generated/graphql/graphql';

export type Viewer = NonNullable<ViewerQuery['viewer']>;

export const ViewerContext = createContext<Viewer | null>(null);

/** Who is looking. Only pages inside the frame may ask. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error('useViewer outside the frame');
  return viewer;
}

/** Whether the viewer may do something. The server checks again; this only decides what is offered. */
export function useRight(right: Right): boolean {
  return useViewer().rights.includes(right);
}

/** The workspace in view, as its URL names it. */
export function useWorkspace() {
  return useViewer().workspace;
}
