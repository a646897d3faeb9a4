import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Empty.module.css';

interface EmptyProps {
  title: string;
  /** Why nothing is here, and what would put something here. */
  children: ReactNode;
  action?: ReactNode;
}

/** An empty place teaches: a sentence, an action, an example. */
export function Empty({ title, children, action }: EmptyProps) {
  return (
    <section className={classes.empty}>
      <Title order={2}>{title}</Title>
      <Text c="dimmed" component="div">
        {children}
      </Text>
      {action && <div className={classes.action}>{action}</div>}
    </section>
  );
}
