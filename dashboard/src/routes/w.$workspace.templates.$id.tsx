import { createFileRoute } from '@tanstack/react-router';
import { TemplatePage } from '../templates/TemplatePage';

export const Route = createFileRoute('/w/$workspace/templates/$id')({ component: TemplateRoute });

function TemplateRoute() {
  const { workspace, id } = Route.useParams();
  const navigate = Route.useNavigate();
  return (
    <TemplatePage
      key={id}
      id={id}
      onDeleted={() =>
        navigate({ to: '/w/$workspace/templates', params: { workspace }, search: {}, replace: true })
      }
    />
  );
}
