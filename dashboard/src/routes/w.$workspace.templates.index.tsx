import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { TemplatesPage } from '../templates/TemplatesPage';

const search = v.object({ search: v.optional(v.fallback(v.string(), '')) });

export const Route = createFileRoute('/w/$workspace/templates/')({
  validateSearch: search,
  component: TemplatesRoute,
});

function TemplatesRoute() {
  const { search: text } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <TemplatesPage
      search={text ?? ''}
      onSearch={(next) =>
        navigate({ search: { search: next || undefined }, replace: true, resetScroll: false })
      }
    />
  );
}
