import type english from '../../../../public/_locales/en/messages.json';
import { localizedText, speak, type Translation } from '../../browser/i18n.ts';

/** Every key of `_locales/en/messages.json`. */
export type TextKey = keyof typeof english;

/** Gives the text of a key in the company's language, else the browser's, `$1`, `$2`… filled in. */
export const message = (key: TextKey, substitutions: readonly string[] = []): string =>
  localizedText(key, substitutions);

/** Gives the text of a key that is put together from a code, or nothing for a code without a text. */
export const optionalMessage = (key: string): string | undefined =>
  localizedText(key, []) || undefined;

/** Shows a page in the language of a translation, or in the browser's language without one. */
export const speakInDocument = (title: TextKey, translation: Translation | undefined): void => {
  speak(translation);
  localizeDocument(title);
};

/** Tells the document which language it is in, and gives it its title. */
export const localizeDocument = (title: TextKey): void => {
  document.documentElement.lang = message('languageCode');
  document.title = message(title);
};
