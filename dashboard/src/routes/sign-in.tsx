import { createFileRoute, useRouter } from '@tanstack/react-router';
import * as v from 'valibot';
import { SignInPage } from '../session/SignInPage';

const search = v.object({
  /** Where the visitor was. Only a path of ours: an address of another site must not be reachable through this page. */
  to: v.optional(v.fallback(v.pipe(v.string(), v.regex(/^\/w\/(?!\/)/)), '/')),
});

export const Route = createFileRoute('/sign-in')({ validateSearch: search, component: SignInRoute });

function SignInRoute() {
  const { to } = Route.useSearch();
  const router = useRouter();
  return (
    <SignInPage
      onSignedIn={(workspace) =>
        router.history.push(to?.startsWith('/w/') ? to : `/w/${encodeURIComponent(workspace)}`)
      }
    />
  );
}
