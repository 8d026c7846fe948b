import { beforeEach, expect, test, vi } from 'vitest';

const TEXTS = {
  de: { languageCode: { message: 'de' }, greeting: { message: 'Hallo $1, $2 und $1' } },
};

/** The module as in a new page of a browser that speaks English, and what it read of the package. */
const newPage = async (isReadable = true) => {
  vi.resetModules();
  const read: string[] = [];
  vi.stubGlobal('chrome', {
    runtime: { getURL: (path: string) => `chrome-extension://id/${path}` },
    i18n: {
      getMessage: (key: string, values: readonly string[] = []) =>
        key === 'languageCode' ? 'en' : [key, ...values].join(' '),
    },
  });
  vi.stubGlobal('fetch', async (url: string) => {
    read.push(url);
    if (!isReadable) {
      throw new TypeError('not there');
    }
    return Response.json(TEXTS.de);
  });
  const { localizedText, speak } = await import('../../../../src/extension/browser/i18n.ts');
  const { translationInto, writtenTexts } = await import(
    '../../../../src/extension/browser/company-language.ts'
  );
  return {
    localizedText,
    writtenTexts,
    chooseLanguage: async (language: string | undefined) => speak(await translationInto(language)),
    read,
  };
};

beforeEach(() => {
  vi.spyOn(console, 'error').mockReturnValue(undefined);
});

test('texts are the browser’s without a chosen language', async () => {
  const { localizedText, writtenTexts, chooseLanguage, read } = await newPage();
  await chooseLanguage(undefined);
  expect(localizedText('greeting', ['Mara'])).toBe('greeting Mara');
  expect(await writtenTexts(undefined, ['greeting'])).toBeUndefined();
  expect(read).toEqual([]);
});

test('texts are those of the chosen language, with what belongs into them', async () => {
  const { localizedText, writtenTexts, chooseLanguage } = await newPage();
  await chooseLanguage('de');
  expect(localizedText('greeting', ['Mara', 'Jo'])).toBe('Hallo Mara, Jo und Mara');
  expect(localizedText('unknown', [])).toBe('');
  expect(await writtenTexts('de', ['greeting', 'unknown'])).toEqual({
    greeting: 'Hallo $1, $2 und $1',
    unknown: '',
  });
});

test('the chosen language is read from the package once', async () => {
  const { chooseLanguage, read } = await newPage();
  await Promise.all([chooseLanguage('de'), chooseLanguage('de')]);
  await chooseLanguage('de');
  expect(read).toEqual(['chrome-extension://id/_locales/de/messages.json']);
});

test('the browser’s own language is not read from the package', async () => {
  const { localizedText, chooseLanguage, read } = await newPage();
  await chooseLanguage('en');
  expect(localizedText('greeting', [])).toBe('greeting');
  expect(read).toEqual([]);
});

test('texts are the browser’s again when the language is no longer chosen', async () => {
  const { localizedText, chooseLanguage } = await newPage();
  await chooseLanguage('de');
  await chooseLanguage(undefined);
  expect(localizedText('greeting', [])).toBe('greeting');
});

test('texts stay the browser’s when those of the chosen language cannot be read', async () => {
  const { localizedText, chooseLanguage, read } = await newPage(false);
  await chooseLanguage('de');
  expect(localizedText('greeting', [])).toBe('greeting');
  await chooseLanguage('de');
  expect(read).toHaveLength(2);
});
