import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { NewSegmentPage } from '../segments/NewSegmentPage';

const search = v.object({ rule: v.optional(v.fallback(v.string(), '')) });

export const Route = createFileRoute('/w/$workspace/segments/new')({
  validateSearch: search,
  component: NewSegmentRoute,
});

function NewSegmentRoute() {
  const { workspace } = Route.useParams();
  const { rule } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <NewSegmentPage
      key={rule ?? ''}
      rule={rule}
      onCreated={(id) =>
        navigate({ to: '/w/$workspace/segments/$id', params: { workspace, id }, search: {}, replace: true })
      }
    />
  );
}
