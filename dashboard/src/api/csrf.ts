const COOKIE = 'attrium_csrf';
let fromViewer: string | null = null;

/** Keeps the token the viewer query answered, for servers whose cookie scripts cannot read. */
export function rememberCsrfToken(token: string | null | undefined) {
  fromViewer = token ?? null;
}

/** The token that proves a request comes from this page and not from another site. */
export function csrfToken(): string | null {
  const pair = document.cookie.split('; ').find((cookie) => cookie.startsWith(`${COOKIE}=`));
  return pair ? decodeURIComponent(pair.slice(COOKIE.length + 1)) : fromViewer;
}
