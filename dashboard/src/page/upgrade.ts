const STORAGE_KEY = 'attrium.reloaded';
const PATIENCE_MS = 10_000;

/** A tab opened before an upgrade asks for files that are gone. One reload brings the new ones; a second would loop. */
export function reloadOnceAfterUpgrade() {
  window.addEventListener('vite:preloadError', (event) => {
    const last = sessionStorage.getItem(STORAGE_KEY);
    if (last && Date.now() - Date.parse(last) < PATIENCE_MS) return;
    event.preventDefault();
    sessionStorage.setItem(STORAGE_KEY, new Date().toISOString());
    window.location.reload();
  });
}
