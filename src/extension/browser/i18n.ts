/** The text of a key in the browser's language, or an empty string for an unknown key. */
export const localizedText = (key: string, substitutions: readonly string[]): string =>
  chrome.i18n.getMessage(key, [...substitutions]);
