import { createFileRoute } from '@tanstack/react-router';
import { useCallback } from 'react';
import * as v from 'valibot';
import { ProfilesPage, type ProfilesView } from '../profiles/ProfilesPage';

const text = v.optional(v.fallback(v.pipe(v.union([v.string(), v.number()]), v.transform(String)), ''));
const search = v.object({ rule: text, search: text, columns: text });

export const Route = createFileRoute('/w/$workspace/profiles/')({
  validateSearch: search,
  component: ProfilesRoute,
});

function ProfilesRoute() {
  const view = Route.useSearch();
  const navigate = Route.useNavigate();
  const onView = useCallback(
    (next: ProfilesView, options?: { isKeystroke: boolean }) =>
      navigate({ search: next, replace: options?.isKeystroke ?? false, resetScroll: false }),
    [navigate],
  );
  return <ProfilesPage view={view} onView={onView} />;
}
