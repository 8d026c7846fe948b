import type { Page } from 'playwright';

/** Waits for the search after a sign-in; the set-up screen, which a new profile shows first, is declined. */
export const afterSignIn = async (popup: Page): Promise<void> => {
  const search = popup.getByRole('combobox', { name: 'Find a customer' });
  const decline = popup.getByRole('button', { name: 'No, don’t ask again' });
  await search.or(decline).first().waitFor();
  if (await decline.isVisible()) {
    await decline.click();
  }
  await search.waitFor();
};
