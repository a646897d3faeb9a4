import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { AttributesPage } from '../attributes/AttributesPage';

const search = v.object({ search: v.optional(v.fallback(v.string(), '')) });

export const Route = createFileRoute('/w/$workspace/attributes/')({
  validateSearch: search,
  component: AttributesRoute,
});

function AttributesRoute() {
  const { search: text } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <AttributesPage
      search={text ?? ''}
      onSearch={(next) =>
        navigate({ search: { search: next || undefined }, replace: true, resetScroll: false })
      }
    />
  );
}
