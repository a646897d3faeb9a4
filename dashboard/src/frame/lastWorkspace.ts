const STORAGE_KEY = 'attrium.workspace';

/** The workspace to open when the address names none. */
export function lastWorkspace(): string | null {
  return localStorage.getItem(STORAGE_KEY);
}

export function rememberWorkspace(key: string) {
  localStorage.setItem(STORAGE_KEY, key);
}
