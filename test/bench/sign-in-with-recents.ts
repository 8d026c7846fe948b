import type { Browser, Page } from 'playwright';
import type * as z from 'zod/mini';
import type { Endpoints } from '../../src/commands/sandbox-process.ts';
import type { searchCustomers } from '../../src/extension/messages/customers/search-customers.ts';
import { afterSignIn } from '../e2e/after-sign-in.ts';
import { submitSignIn } from '../e2e/sign-in-form.ts';

const RECENTS = 5;
/** Typed, so that a change of the message does not stop the measurement at its first use. */
const SEARCH: z.input<typeof searchCustomers.request> = { query: 'mar', limit: RECENTS };

/** Signs the agent in and lets the extension know some recent customers by name; leaves one empty tab. */
export const signInWithRecents = async (browser: Browser, endpoints: Endpoints): Promise<void> => {
  const [context] = browser.contexts();
  if (!context) {
    throw new Error('Chromium has no browser context.');
  }
  const openView = async (view: 'popup' | 'options'): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(
      `chrome-extension://${endpoints.extension.id}/src/extension/${view}/index.html`,
    );
    return page;
  };
  const options = await openView('options');
  await options.getByLabel('Backend address').fill(endpoints.backend);
  await options.getByRole('button', { name: 'Save' }).click();
  await options.getByText(/^Saved/).waitFor();
  await options.close();

  const popup = await openView('popup');
  const opened = context.waitForEvent('page');
  await popup.getByRole('button', { name: 'Sign in' }).click();
  const login = await opened;
  await submitSignIn(login, endpoints.accounts.agent);
  await afterSignIn(popup);
  // The agent's name is there once the profile is.
  await popup.locator('.agent').waitFor();

  const appId = endpoints.targetApps[0]?.id ?? '';
  await popup.evaluate(
    async ({ search, targetAppId }) => {
      type Found = { value: { customers: readonly { id: string }[] } };
      type Snapshot = { value: { profile: { me: { agent: { sub: string } } } } };
      const ask = <Answer>(name: string, request: object): Promise<Answer> =>
        chrome.runtime.sendMessage({ name, request });
      const found = await ask<Found>('search_customers', search);
      const snapshot = await ask<Snapshot>('get_snapshot', {});
      await chrome.storage.local.set({
        recents: {
          agentId: snapshot.value.profile.me.agent.sub,
          pairs: found.value.customers.map(({ id }) => ({
            customerId: id,
            targetAppId,
            pinned: false,
          })),
        },
      });
    },
    { search: SEARCH, targetAppId: appId },
  );
  await popup.reload();
  await popup
    .getByRole('list', { name: 'Recent' })
    .getByText('@')
    .nth(RECENTS - 1)
    .waitFor();
  await popup.close();
};
