import { createFileRoute } from '@tanstack/react-router';
import { ImportsPage } from '../imports/ImportsPage';

export const Route = createFileRoute('/w/$workspace/imports/')({ component: ImportsRoute });

function ImportsRoute() {
  const { workspace } = Route.useParams();
  const navigate = Route.useNavigate();
  return (
    <ImportsPage
      onStarted={(id) => navigate({ to: '/w/$workspace/imports/$id', params: { workspace, id } })}
    />
  );
}
