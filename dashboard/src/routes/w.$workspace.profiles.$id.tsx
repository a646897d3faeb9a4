import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { ProfilePage } from '../profiles/ProfilePage';

const search = v.object({ attribute: v.optional(v.fallback(v.string(), '')) });

export const Route = createFileRoute('/w/$workspace/profiles/$id')({
  validateSearch: search,
  component: ProfileRoute,
});

function ProfileRoute() {
  const { id } = Route.useParams();
  const { attribute } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <ProfilePage
      key={id}
      id={id}
      attribute={attribute || undefined}
      onAttribute={(key) => navigate({ search: { attribute: key }, resetScroll: false })}
    />
  );
}
