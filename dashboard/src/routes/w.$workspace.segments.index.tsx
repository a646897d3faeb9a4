import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { SegmentsPage } from '../segments/SegmentsPage';

const search = v.object({ search: v.optional(v.fallback(v.string(), '')) });

export const Route = createFileRoute('/w/$workspace/segments/')({
  validateSearch: search,
  component: SegmentsRoute,
});

function SegmentsRoute() {
  const { search: text } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <SegmentsPage
      search={text ?? ''}
      onSearch={(next) =>
        navigate({ search: { search: next || undefined }, replace: true, resetScroll: false })
      }
    />
  );
}
