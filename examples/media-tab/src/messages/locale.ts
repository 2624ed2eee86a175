// The languages that there are texts in. Another one is two message files and a line here.

import elOfTab from './el.json';
import enOfTab from './en.json';
import elOfUploads from './uploads_el.json';
import enOfUploads from './uploads_en.json';

const en = { ...enOfTab, ...enOfUploads };
const el = { ...elOfTab, ...elOfUploads };

export type MessageId = keyof typeof en;
export type Messages = Record<MessageId, string>;

interface Language {
  // As it calls itself.
  name: string;
  messages: Messages;
}

export const languages = {
  en: { name: 'English', messages: en },
  el: { name: 'Ελληνικά', messages: el },
} satisfies Record<string, Language>;

export type LanguageCode = keyof typeof languages;

function isLanguage(code: string): code is LanguageCode {
  return code in languages;
}

// The language of the texts for a locale such as `el-GR`.
export function languageOf(locale: string): LanguageCode {
  const [code = ''] = locale.toLowerCase().split('-');
  return isLanguage(code) ? code : 'en';
}

// The first of the user's locales that there are texts for, with its region, which dates depend on.
export function preferredLocale(wanted: readonly string[] = navigator.languages): string {
  return wanted.find((locale) => isLanguage(locale.toLowerCase().split('-')[0] ?? '')) ?? 'en';
}
