import { createFileRoute, redirect } from '@tanstack/react-router';
import { createClient } from '../api/client';
import { lastWorkspace } from '../frame/lastWorkspace';
import { ViewerQuery } from '../session/queries';

export const Route = createFileRoute('/')({
  /** Opens the workspace last seen, else the viewer's first one. */
  beforeLoad: async () => {
    const { data } = await createClient({}).query(ViewerQuery, {}).toPromise();
    const viewer = data?.viewer;
    if (!viewer) throw redirect({ to: '/sign-in', search: {} });
    const last = viewer.workspaces.find(({ key }) => key === lastWorkspace());
    const workspace = (last ?? viewer.workspace).key;
    throw redirect({ to: '/w/$workspace', params: { workspace } });
  },
});
