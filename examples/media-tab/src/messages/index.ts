export { reasonOf } from './reason';
export { languageOf, languages, preferredLocale } from './locale';
export type { LanguageCode, MessageId, Messages } from './locale';
