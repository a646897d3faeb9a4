import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { NewTemplatePage } from '../templates/NewTemplatePage';

const search = v.object({ body: v.optional(v.fallback(v.string(), '')) });

export const Route = createFileRoute('/w/$workspace/templates/new')({
  validateSearch: search,
  component: NewTemplateRoute,
});

function NewTemplateRoute() {
  const { workspace } = Route.useParams();
  const { body } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <NewTemplatePage
      key={body ?? ''}
      body={body}
      onCreated={(id) =>
        navigate({ to: '/w/$workspace/templates/$id', params: { workspace, id }, replace: true })
      }
    />
  );
}
