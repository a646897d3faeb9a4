import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { DestinationPage } from '../destinations/DestinationPage';

const STATUSES = ['DUE', 'LEASED', 'DELIVERED', 'FAILED'] as const;
const search = v.object({ status: v.optional(v.fallback(v.optional(v.picklist(STATUSES)), undefined)) });

export const Route = createFileRoute('/w/$workspace/destinations/$id/')({
  validateSearch: search,
  component: DestinationRoute,
});

function DestinationRoute() {
  const { workspace, id } = Route.useParams();
  const { status } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <DestinationPage
      key={id}
      id={id}
      status={status}
      onStatus={(next) => navigate({ search: { status: next }, resetScroll: false })}
      onDeleted={() => navigate({ to: '/w/$workspace/destinations', params: { workspace }, replace: true })}
    />
  );
}
