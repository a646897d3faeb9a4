import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { SegmentPage } from '../segments/SegmentPage';

const search = v.object({ tab: v.optional(v.fallback(v.picklist(['members', 'transitions']), 'members')) });

export const Route = createFileRoute('/w/$workspace/segments/$id/')({
  validateSearch: search,
  component: SegmentRoute,
});

function SegmentRoute() {
  const { workspace, id } = Route.useParams();
  const { tab } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <SegmentPage
      key={id}
      id={id}
      tab={tab ?? 'members'}
      onTab={(next) => navigate({ search: { tab: next }, resetScroll: false })}
      onDeleted={() =>
        navigate({ to: '/w/$workspace/segments', params: { workspace }, search: {}, replace: true })
      }
    />
  );
}
