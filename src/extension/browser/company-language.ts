import type { Translation } from './i18n.ts';

type Texts = Readonly<Record<string, { readonly message: string }>>;

const loads = new Map<string, Promise<Texts | undefined>>();

const load = async (language: string): Promise<Texts | undefined> => {
  try {
    const response = await fetch(chrome.runtime.getURL(`_locales/${language}/messages.json`));
    return await response.json();
  } catch {
    console.error(`The texts of the language ${language} could not be read.`);
    loads.delete(language);
    return undefined;
  }
};

/**
 * The texts of a language that the browser does not speak; nothing for its own. A browser gives an extension the
 * texts of its own language only, so those of another one are read from the package.
 */
const textsOf = async (language: string | undefined): Promise<Texts | undefined> => {
  if (language === undefined || chrome.i18n.getMessage('languageCode') === language) {
    return undefined;
  }
  const texts = loads.get(language) ?? load(language);
  loads.set(language, texts);
  return texts;
};

/** Gives the translation into the company's language; nothing where the browser's holds. */
export const translationInto = async (
  language: string | undefined,
): Promise<Translation | undefined> => {
  const texts = await textsOf(language);
  return (
    texts &&
    ((key, substitutions) =>
      (texts[key]?.message ?? '').replace(
        /\$(\d)/g,
        (_, place) => substitutions[Number(place) - 1] ?? '',
      ))
  );
};

/** Gives texts as they are written in the company's language, for a page that cannot read them; nothing where the browser's holds. */
export const writtenTexts = async (
  language: string | undefined,
  keys: readonly string[],
): Promise<Readonly<Record<string, string>> | undefined> => {
  const texts = await textsOf(language);
  return texts && Object.fromEntries(keys.map((key) => [key, texts[key]?.message ?? '']));
};
