import { setNonce } from 'get-nonce';

function meta(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';
}

/** What the server wrote into this page for its style elements; absent in development, where no policy is sent. */
export const styleNonce = meta('csp-nonce').startsWith('__') ? '' : meta('csp-nonce');

/** The demo's user name, when this server is a demo. */
export const demoUser = meta('attrium-demo-user').startsWith('__') ? '' : meta('attrium-demo-user');

// Modals lock the page's scroll through a library that asks this one for the nonce.
if (styleNonce) setNonce(styleNonce);
