/** Gives the text of a key, `$1`, `$2`… filled in; an empty string for an unknown key. */
export type Translation = (key: string, substitutions: readonly string[]) => string;

const ofBrowser: Translation = (key, substitutions) =>
  chrome.i18n.getMessage(key, [...substitutions]);

let inUse = ofBrowser;

/** Has texts come from a translation from now on; without one, in the browser's language. */
export const speak = (translation: Translation | undefined): void => {
  inUse = translation ?? ofBrowser;
};

/** The text of a key in the language that is spoken. */
export const localizedText: Translation = (key, substitutions) => inUse(key, substitutions);
