import en from './en.json';

/** The id of a text: misspell one and the type check fails. */
export type TextId = keyof typeof en;

export function isTextId(id: string): id is TextId {
  return id in en;
}

export type Language = 'en' | 'tr';
export type Texts = Record<TextId, string>;

export const LANGUAGES: readonly Language[] = ['en', 'tr'];

/** Each language in its own words, as its readers look for it. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', tr: 'Türkçe' };

const STORAGE_KEY = 'attrium.language';

function isLanguage(text: string | null | undefined): text is Language {
  return LANGUAGES.some((language) => language === text);
}

/** The language chosen before, else the browser's first one that we speak, else English. */
export function startingLanguage(): Language {
  const chosen = localStorage.getItem(STORAGE_KEY);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.split('-')[0]).find(isLanguage) ?? 'en';
}

export function rememberLanguage(language: Language) {
  localStorage.setItem(STORAGE_KEY, language);
}

/** English is part of the shell; others arrive when they are chosen. */
export async function loadTexts(language: Language): Promise<Texts> {
  return language === 'tr' ? (await import('./tr.json')).default : en;
}
