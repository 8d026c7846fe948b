import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { inRepository } from '../../../src/commands/repository.ts';
import type { ExtensionPages, PageLook } from './extension-pages.ts';
import { settle } from './page-checks.ts';
import { POPUP_OUTCOMES } from './replies/outcomes.ts';
import { POPUP_STATES } from './replies/popup-states.ts';

/** A state of the popup: what the worker answers, and the button by which the agent gets there, in English. */
export type PopupLook = {
  readonly replies: Readonly<Record<string, unknown>>;
  readonly press?: string;
};

/** Every state that the popup has, by name: tests check each, and the gallery shows each. */
export const POPUP_LOOKS: Readonly<Record<string, PopupLook>> = {
  ...Object.fromEntries(Object.entries(POPUP_STATES).map(([name, replies]) => [name, { replies }])),
  ...POPUP_OUTCOMES,
};

/** What a popup of 800 by 600 pixels, the browsers' limit, has at 200 % zoom. */
export const ZOOMED = { width: 400, height: 300 };

/** A window in which a browser gives the popup less than the 400 pixels that it asks for. */
export const NARROW = { width: 320, height: 600 };

type Texts = Readonly<Record<string, { readonly message: string }>>;
const textsOf = async (language: 'en' | 'de'): Promise<Texts> =>
  JSON.parse(await readFile(inRepository(`public/_locales/${language}/messages.json`), 'utf8'));

const PLACE = /\$(\d)/;

/** What a text's places hold in what was made of it, by their numbers; nothing when it was made of another. */
const valuesIn = (made: string, text: string): Readonly<Record<string, string>> | undefined => {
  const [before = '', place, after = ''] = text.split(PLACE);
  if (place === undefined) {
    return made === text ? {} : undefined;
  }
  const isMade = made.startsWith(before) && made.endsWith(after) && before + after !== '';
  return isMade ? { [place]: made.slice(before.length, made.length - after.length) } : undefined;
};

/** The name of a button in another language; a customer's or an app's name is the same in all. */
const inLanguage = async (english: string, language: 'de'): Promise<string> => {
  const [from, to] = await Promise.all([textsOf('en'), textsOf(language)]);
  for (const [key, { message }] of Object.entries(from)) {
    const values = valuesIn(english, message);
    if (values) {
      return (to[key]?.message ?? '').replace(PLACE, (_, place) => values[place] ?? '');
    }
  }
  return english;
};

/** Opens the popup in a state, and waits until all of it is drawn. */
export const openPopupLook = async (
  pages: ExtensionPages,
  { replies, press }: PopupLook,
  look: PageLook,
): Promise<Page> => {
  const page = await pages.open('popup', replies, look);
  if (press !== undefined) {
    const name = look.language ? await inLanguage(press, look.language) : press;
    await page.getByRole('button', { name }).first().click();
  }
  await settle(page);
  return page;
};
