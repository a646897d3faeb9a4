import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Page.module.css';
import { useTitle } from './useTitle';

interface PageProps {
  title: string;
  /** Above the title: where this page hangs. */
  trail?: ReactNode;
  /** Beside the title: a state, a count. */
  status?: ReactNode;
  /** Right of the title: one main action, the rest in a menu. */
  actions?: ReactNode;
  /** Under the title: a sentence. */
  about?: ReactNode;
  /** Fills the window, for a page whose list scrolls by itself. */
  isFull?: boolean;
  children: ReactNode;
}

/** The frame of every page: title, status, one main action. */
export function Page({ title, trail, status, actions, about, isFull, children }: PageProps) {
  useTitle(title);
  return (
    <div className={classes.page} data-full={isFull || undefined}>
      <header className={classes.header}>
        <div className={classes.heading}>
          {trail && <div className={classes.trail}>{trail}</div>}
          <div className={classes.titleLine}>
            <Title order={1} className={classes.title} title={title}>
              {title}
            </Title>
            {status}
          </div>
          {about && <div className={classes.about}>{about}</div>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
