import type { BrowserContext, Page } from 'playwright';
import type { Endpoints } from '../../../src/commands/sandbox-process.ts';
import { submitSignIn } from '../sign-in-form.ts';

/**
 * Signs somebody in on the customers' domain, in an ordinary tab and without the extension, which therefore does
 * not know of the session: the agent, by hand, in Shop. The tab that it answers with is left open.
 */
export const signInByHand = async (
  context: BrowserContext,
  { targetApps, accounts }: Endpoints,
): Promise<Page> => {
  const shop = targetApps.find(({ kind }) => kind === 'express');
  const page = await context.newPage();
  await page.goto(new URL('/login', shop?.home).href);
  await submitSignIn(page, accounts.agent);
  await page.getByTestId('user').waitFor();
  return page;
};
