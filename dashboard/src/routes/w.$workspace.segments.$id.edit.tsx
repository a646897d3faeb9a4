import { createFileRoute } from '@tanstack/react-router';
import { EditSegmentPage } from '../segments/EditSegmentPage';

export const Route = createFileRoute('/w/$workspace/segments/$id/edit')({ component: EditSegmentRoute });

function EditSegmentRoute() {
  const { workspace, id } = Route.useParams();
  const navigate = Route.useNavigate();
  return (
    <EditSegmentPage
      key={id}
      id={id}
      onSaved={() =>
        navigate({ to: '/w/$workspace/segments/$id', params: { workspace, id }, search: {}, replace: true })
      }
    />
  );
}
