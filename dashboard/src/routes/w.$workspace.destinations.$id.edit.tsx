import { createFileRoute } from '@tanstack/react-router';
import { EditDestinationPage } from '../destinations/EditDestinationPage';

export const Route = createFileRoute('/w/$workspace/destinations/$id/edit')({
  component: EditDestinationRoute,
});

function EditDestinationRoute() {
  const { workspace, id } = Route.useParams();
  const navigate = Route.useNavigate();
  return (
    <EditDestinationPage
      key={id}
      id={id}
      onSaved={() =>
        navigate({
          to: '/w/$workspace/destinations/$id',
          params: { workspace, id },
          search: {},
          replace: true,
        })
      }
    />
  );
}
