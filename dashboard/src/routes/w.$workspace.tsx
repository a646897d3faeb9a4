import { createFileRoute, Outlet } from '@tanstack/react-router';
import { Workspace } from '../frame/Workspace';

export const Route = createFileRoute('/w/$workspace')({ component: WorkspaceRoute });

function WorkspaceRoute() {
  const { workspace } = Route.useParams();
  return (
    <Workspace workspace={workspace}>
      <Outlet />
    </Workspace>
  );
}
