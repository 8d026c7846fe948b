import type { BrowserContext, Page } from 'playwright';
import type { Endpoints } from '../../../src/commands/sandbox-process.ts';

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
  await page.locator('[name=username]').fill(accounts.agent.email);
  const password = page.locator('[name=password]');
  await password.fill(accounts.agent.password);
  await password.press('Enter');
  await page.getByTestId('user').waitFor();
  return page;
};
