import type { BrowserContext, Page } from 'playwright';
import { expect } from 'vitest';

/** Gives the tab that shows a customer, once there is one. One that only signs somebody out may come before it, and goes again. */
export const tabOfCustomer = async (context: BrowserContext, customer: string): Promise<Page> => {
  let found: Page | undefined;
  const look = async (): Promise<string[]> => {
    const shown: string[] = [];
    for (const page of context.pages()) {
      const user = page.getByTestId('user');
      const name =
        (await user.textContent({ timeout: 1_000 }).catch(() => undefined)) ?? page.url();
      if (name.includes(customer)) {
        found = page;
      }
      shown.push(name);
    }
    return shown;
  };
  await expect.poll(look).toContainEqual(expect.stringContaining(customer));
  if (!found) {
    throw new Error(`No tab shows ${customer}.`);
  }
  return found;
};
