import type en from './en.json';
import type tr from './tr.json';

/** The id of a text: misspell one, or leave it out of a catalogue, and the type check fails. */
export type TextId = keyof typeof en & keyof typeof tr;

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

const CATALOGUES: Record<Language, () => Promise<{ default: Texts }>> = {
  en: () => import('./en.json'),
  tr: () => import('./tr.json'),
};

/** The texts of one language: a page loads no other. */
export async function loadTexts(language: Language): Promise<Texts> {
  return (await CATALOGUES[language]()).default;
}
