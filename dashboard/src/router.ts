import { createRouter } from '@tanstack/react-router';
import { routeTree } from './generated/routeTree.gen';
import { Crash } from './page/Crash';

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultErrorComponent: Crash,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
