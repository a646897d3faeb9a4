import { createFileRoute } from '@tanstack/react-router';
import { DestinationsPage } from '../destinations/DestinationsPage';

export const Route = createFileRoute('/w/$workspace/destinations/')({ component: DestinationsPage });
