import { createRootRoute, Outlet } from '@tanstack/react-router';
import { useText } from '../language/useText';
import { Empty } from '../page/Empty';
import { ButtonLink } from '../page/links';

export const Route = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

function NotFound() {
  const say = useText();
  return (
    <main>
      <h1 className="spoken">Attrium</h1>
      <Empty title={say('notFound.title')} action={<ButtonLink to="/">{say('notFound.home')}</ButtonLink>}>
        {say('notFound.about')}
      </Empty>
    </main>
  );
}
