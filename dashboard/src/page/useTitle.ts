import { useEffect } from 'react';

/** What the tab and a screen reader call the page. */
export function useTitle(title: string) {
  useEffect(() => {
    document.title = title ? `${title} · Attrium` : 'Attrium';
  }, [title]);
}
