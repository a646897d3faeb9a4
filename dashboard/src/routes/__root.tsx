import { createRootRoute, Outlet } from '@tanstack/react-router';
import { useText } from '../language/useText';
import { Empty } from '../page/Empty';

export const Route = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

function NotFound() {
  const say = useText();
  return (
    <main>
      <h1 className="spoken">Attrium</h1>
      <Empty title={say('notFound.title')} action={<a href="/">{say('notFound.home')}</a>}>
        {say('notFound.about')}
      </Empty>
    </main>
  );
}
