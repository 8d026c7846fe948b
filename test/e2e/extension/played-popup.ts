import type { Page } from 'playwright';

/** A message that a view sent. */
export type Asked = { readonly name: string; readonly request: Readonly<Record<string, unknown>> };

/** The messages of one name that a view has sent to the worker that the test plays. */
export const askedFor = async (page: Page, name: string): Promise<readonly Asked[]> => {
  const asked = await page.evaluate(() => Reflect.get(globalThis, 'asked') as Asked[]);
  return asked.filter((message) => message.name === name);
};

/** Changes what the played worker answers from now on. A message whose reply is `undefined` stays unanswered. */
export const answerWith = (page: Page, changed: Readonly<Record<string, unknown>>): Promise<void> =>
  page.evaluate((next) => void Object.assign(Reflect.get(globalThis, 'replies'), next), changed);

type PopupState = Readonly<Record<string, unknown>> | undefined;

const snapshotIn = (state: PopupState) =>
  Object(Reflect.get(Object(state?.['get_snapshot']), 'value'));

/** The sessions that are known in a state. */
export const sessionsIn = (state: PopupState): readonly unknown[] => snapshotIn(state).sessions;

/** Has the played worker write the snapshot of a state, with these sessions in it. */
export const writeSessions = (
  page: Page,
  state: PopupState,
  sessions: readonly unknown[],
): Promise<void> =>
  page.evaluate((next) => Reflect.get(globalThis, 'writeSnapshot')(next), {
    ...snapshotIn(state),
    sessions,
  });

/** The search field. */
export const search = (page: Page) => page.getByRole('combobox', { name: 'Find a customer' });

/** A customer that the search found. */
export const option = (page: Page, name: string) => page.getByRole('option', { name });

/** Waits until an element has the focus. */
export const isFocused = (page: Page, selector: string) =>
  page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);
