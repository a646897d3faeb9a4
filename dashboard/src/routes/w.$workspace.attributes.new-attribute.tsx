import { createFileRoute } from '@tanstack/react-router';
import { NewAttributePage } from '../attributes/NewAttributePage';

// A key holds no dash, so no attribute's page is hidden behind this one.
export const Route = createFileRoute('/w/$workspace/attributes/new-attribute')({
  component: NewAttributeRoute,
});

function NewAttributeRoute() {
  const { workspace } = Route.useParams();
  const navigate = Route.useNavigate();
  return (
    <NewAttributePage
      onCreated={(key) =>
        navigate({ to: '/w/$workspace/attributes/$key', params: { workspace, key }, search: {} })
      }
    />
  );
}
