import { createFileRoute } from '@tanstack/react-router';
import { NewDestinationPage } from '../destinations/NewDestinationPage';

export const Route = createFileRoute('/w/$workspace/destinations/new')({ component: NewDestinationPage });
