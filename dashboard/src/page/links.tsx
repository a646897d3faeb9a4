import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type AnchorElementProps = AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: Ref<HTMLAnchorElement> };

/** A link inside the dashboard that looks like a link. */
export const TextLink = createLink((props: AnchorProps & Omit<AnchorElementProps, keyof AnchorProps>) => (
  <Anchor {...props} />
));

/** A link inside the dashboard that looks like a button. */
export const ButtonLink = createLink((props: ButtonProps & Omit<AnchorElementProps, keyof ButtonProps>) => (
  <Button component="a" {...props} />
));
