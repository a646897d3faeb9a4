import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { AttributePage } from '../attributes/AttributePage';

const search = v.object({ edit: v.optional(v.fallback(v.boolean(), false)) });

export const Route = createFileRoute('/w/$workspace/attributes/$key')({
  validateSearch: search,
  component: AttributeRoute,
});

function AttributeRoute() {
  const { key } = Route.useParams();
  const { edit } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <AttributePage
      key={key}
      attributeKey={key}
      isEditing={edit ?? false}
      onEditing={(isEditing) => navigate({ search: { edit: isEditing || undefined } })}
    />
  );
}
