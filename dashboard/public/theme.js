// Runs before the first paint, so that a dark page never flashes white. A file, because the policy forbids inline scripts.
(() => {
  let scheme = 'auto';
  try {
    scheme = localStorage.getItem('mantine-color-scheme-value') || 'auto';
  } catch {
    // Storage may be closed to us; the system's choice then stands.
  }
  if (scheme === 'auto') scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
  try {
    const language = localStorage.getItem('attrium.language');
    if (language) document.documentElement.lang = language;
  } catch {
    // As above.
  }
})();
