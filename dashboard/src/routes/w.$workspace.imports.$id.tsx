import { createFileRoute } from '@tanstack/react-router';
import { ImportPage } from '../imports/ImportPage';

export const Route = createFileRoute('/w/$workspace/imports/$id')({ component: ImportRoute });

function ImportRoute() {
  const { id } = Route.useParams();
  return <ImportPage key={id} id={id} />;
}
